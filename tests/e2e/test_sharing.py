"""Taking a guide along: its address, its code to scan, its paper."""

from __future__ import annotations

from playwright.sync_api import expect

from .conftest import Visit


def test_a_guide_is_taken_along(visit: Visit, site: str) -> None:
    page = visit("zh-hans", 390, permissions=["clipboard-read", "clipboard-write"])
    page.add_init_script("window.print = () => { document.title = 'printed'; }")
    page.goto("/zh-hans/guides/authorize-today/?step=done")
    foot = page.locator(".page-foot")

    foot.get_by_role("button", name="复制链接").click()

    foot.get_by_role("button", name="已复制").wait_for()
    assert page.locator("[data-share-state]").inner_text() == "已复制"
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith("/zh-hans/guides/authorize-today/")

    # The picture is fetched when it is asked for, by keyboard too.
    code = foot.get_by_text("二维码", exact=True)
    code.focus()
    page.keyboard.press("Enter")
    # Asked by its property: waiting for words of script is refused by the policy of the site.
    expect(page.locator(".share-code img")).not_to_have_js_property("naturalWidth", 0)

    foot.get_by_role("button", name="打印").click()
    assert page.title() == "printed"


def test_without_scripts_nothing_is_offered_that_does_nothing(visit: Visit) -> None:
    page = visit("en", java_script_enabled=False)
    page.goto("/en/guides/clause-2-4/")
    foot = page.locator(".page-foot")

    assert not foot.get_by_role("button").count()
    assert foot.get_by_role("link", name="Revision history").is_visible()
    foot.get_by_text("QR code", exact=True).click()
    assert foot.locator("img").is_visible()
    foot.get_by_role("link", name="It did not help").click()
    assert page.get_by_role("heading", level=1).is_visible()
    assert "/feedback/" in page.url
