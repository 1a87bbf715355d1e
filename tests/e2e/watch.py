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

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.site = urlsplit(site).netloc
        self.faults: list[str] = []
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("request", self.see_request)
        context.on("response", self.see_response)
        context.on("requestfailed", self.see_failure)
        context.on("console", self.see_console)
        context.on("weberror", self.see_error)

    def see_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob", "about"} and address.netloc != self.site:
            self.faults.append(f"asked another host: {request.url}")

    def see_response(self, response: Response) -> None:
        # A page may refuse with 4xx, and the test sees what it says; what it is made of may not.
        allowed = 499 if is_page(response.request) else 399
        if response.status > allowed:
            self.faults.append(f"{response.status} from {response.url}")

    def see_failure(self, request: Request) -> None:
        # Chromium gives up the page when its answer is a download.
        if not is_page(request):
            self.faults.append(f"{request.failure} for {request.url}")

    def see_console(self, message: ConsoleMessage) -> None:
        is_refused_page = (
            message.text.startswith("Failed to load resource")
            and message.page is not None
            and without_fragment(message.location["url"]) == without_fragment(message.page.url)
        )
        if message.type in {"error", "warning"} and not is_refused_page:
            self.faults.append(f"console: {message.text}")

    def see_error(self, error: WebError) -> None:
        self.faults.append(f"script: {error.error}")


def is_page(request: Request) -> bool:
    return request.is_navigation_request()


def without_fragment(address: str) -> str:
    return address.partition("#")[0]
