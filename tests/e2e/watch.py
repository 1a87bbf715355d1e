"""Everything that no page of this site may do, noticed while a test is about something else."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

# Chromium also writes violations to the console; the event says where they come from.
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => console.error(
  `content policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`
  + ` ${event.sourceFile}:${event.lineNumber}`
));
"""


class Watch:
    """The faults of every page in a context: other hosts, content policy, errors, failed files."""

    def __init__(
        self,
        context: BrowserContext,
        site: str,
        *,
        may_fail: bool = False,
        scripts_may_fail: bool = False,
    ) -> None:
        self.worst = 500 if may_fail else 499  # what a page may answer
        # A script that saves must live with being refused, and with no network at all.
        self.scripts_may_fail = scripts_may_fail
        self.site = urlsplit(site).netloc
        self.seen: list[str] = []
        self.said: list[tuple[str, str]] = []  # what the console says, and of which address
        self.refused: set[str] = set()  # pages that answered so
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("request", self.see_request)
        context.on("response", self.see_response)
        context.on("requestfailed", self.see_failure)
        context.on("console", self.see_console)
        context.on("weberror", self.see_error)

    @property
    def faults(self) -> list[str]:
        # A page may refuse, and the test sees what it says; Chromium complains of it all the same.
        return self.seen + [
            f"console: {text}"
            for text, address in self.said
            if not (text.startswith("Failed to load resource") and address in self.refused)
        ]

    def see_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob", "about"} and address.netloc != self.site:
            self.seen.append(f"asked another host: {request.url}")

    def see_response(self, response: Response) -> None:
        may_be = is_page(response.request) and response.status <= self.worst
        if response.status < 400:
            return
        if may_be or self.is_expected(response.request):
            self.refused.add(without_fragment(response.url))
        else:
            self.seen.append(f"{response.status} from {response.url}")

    def see_failure(self, request: Request) -> None:
        # A page that is left gives up what it still waits for, and so does one that turns out to
        # be a download.
        if self.is_expected(request):
            self.refused.add(without_fragment(request.url))
        elif request.failure != "net::ERR_ABORTED":
            self.seen.append(f"{request.failure} for {request.url}")

    def is_expected(self, request: Request) -> bool:
        return self.scripts_may_fail and request.resource_type in {"fetch", "xhr"}

    def see_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.said.append((message.text, without_fragment(message.location["url"])))

    def see_error(self, error: WebError) -> None:
        self.seen.append(f"script: {error.error}")


def is_page(request: Request) -> bool:
    return request.is_navigation_request()


def without_fragment(address: str) -> str:
    return address.partition("#")[0]
