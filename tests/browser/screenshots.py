"""Pictures of the chat in every state, for the eye: `python tests/browser/screenshots.py [FOLDER]`."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from chat import ARGS, CHROMIUM, ROOT, Chat, letters_of, run_server
from playwright.sync_api import sync_playwright

DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 860}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
Scene = Callable[[Chat], object]


def answer(chat: Chat) -> None:
    chat.open().ask("why does my heel hurt en pointe")


def urgent(chat: Chat) -> None:
    chat.open().ask("I have chest pain", "urgent")


def form(chat: Chat) -> None:
    chat.open().ask("I'd like to book an appointment", "ask")


def confirm(chat: Chat) -> None:
    form(chat)
    for words in ("Robin Lee", "robin@example.org", "Dancer, pain since May"):
        chat.ask(words, "ask")


def appointment(chat: Chat) -> None:
    confirm(chat)
    chat.message("ask").last.get_by_role("button", name="Yes").click()
    chat.message("appointment").wait_for()


def expired(chat: Chat) -> None:
    answer(chat)
    chat.server.control("expire")
    chat.say("and what helps?")
    chat.banner.wait_for()


def too_long(chat: Chat) -> None:
    chat.open().input.fill("My heel hurts when I rise. " * 38)


def helpful(chat: Chat) -> None:
    answer(chat)
    chat.page.get_by_role("button", name="Was this helpful? Yes").click()
    chat.page.locator("pointe-chat .comment").wait_for()


def menu(chat: Chat) -> None:
    answer(chat)
    chat.page.get_by_role("button", name="Menu", exact=True).click()


def erase(chat: Chat) -> None:
    appointment(chat)
    chat.choose("Erase my chat")


def typing(chat: Chat) -> None:
    chat.server.control("set", delay=60000, events=False)
    chat.open()
    chat.say("why does my heel hurt en pointe")
    chat.page.locator("pointe-chat .typing").wait_for()


def refused(chat: Chat) -> None:
    chat.open()
    chat.server.control("fail", on="POST /api/messages", status=413)
    chat.say("something very long")
    chat.page.locator("pointe-chat .unsent").wait_for()


def offline(chat: Chat) -> None:
    chat.open().page.context.set_offline(True)
    chat.say("my calf is hot and swollen")
    chat.page.locator("pointe-chat .panel .help").wait_for()


def unavailable(chat: Chat) -> None:
    chat.open()
    chat.server.control("fail", on="POST /api/messages", status=503, retryAfter=60)
    chat.say("my foot is numb and cold")
    chat.page.locator("pointe-chat .panel .help").wait_for()


def not_loaded(chat: Chat) -> None:
    chat.page.route("**/pointe-panel*", lambda route: route.abort())
    chat.launcher.click()
    chat.page.locator("pointe-chat .help").wait_for()


SHOTS: dict[str, tuple[dict[str, Any], str, Scene]] = {
    "desktop-closed": (DESKTOP, "bubble.html", lambda chat: chat.launcher.wait_for()),
    "desktop-greeting": (DESKTOP, "bubble.html", lambda chat: chat.open()),
    "desktop-answer": (DESKTOP, "bubble.html", answer),
    "desktop-dark": ({**DESKTOP, "color_scheme": "dark"}, "bubble.html", answer),
    "desktop-forced": ({**DESKTOP, "forced_colors": "active"}, "bubble.html", answer),
    "desktop-urgent": (DESKTOP, "bubble.html", urgent),
    "dark-urgent": ({**DESKTOP, "color_scheme": "dark"}, "bubble.html", urgent),
    "desktop-error": (DESKTOP, "bubble.html", lambda chat: chat.open().ask("broken", "error")),
    "desktop-not-covered": (DESKTOP, "bubble.html", lambda chat: chat.open().ask("weather", "not_covered")),
    "desktop-form": (DESKTOP, "bubble.html", form),
    "desktop-confirm": (DESKTOP, "bubble.html", confirm),
    "desktop-appointment": (DESKTOP, "bubble.html", appointment),
    "desktop-long": (DESKTOP, "bubble.html", lambda chat: chat.open().ask("long")),
    "desktop-expired": (DESKTOP, "bubble.html", expired),
    "desktop-too-long": (DESKTOP, "bubble.html", too_long),
    "desktop-helpful": (DESKTOP, "bubble.html", helpful),
    "desktop-menu": (DESKTOP, "bubble.html", menu),
    "desktop-erase": (DESKTOP, "bubble.html", erase),
    "desktop-typing": (DESKTOP, "bubble.html", typing),
    "desktop-refused": (DESKTOP, "bubble.html", refused),
    "desktop-accent": (DESKTOP, "strict-csp.html", answer),
    "desktop-rtl": (DESKTOP, "rtl.html", lambda chat: chat.open().ask("rtl العربية")),
    "desktop-hostile": (DESKTOP, "hostile-css.html", answer),
    "desktop-inline": (DESKTOP, "inline.html", answer),
    "desktop-inline-closed": (DESKTOP, "inline.html", lambda chat: chat.launcher.wait_for()),
    "desktop-page": (DESKTOP, "page.html", lambda chat: chat.ask("why does my heel hurt en pointe")),
    "phone-closed": (PHONE, "bubble.html", lambda chat: chat.launcher.wait_for()),
    "phone-answer": (PHONE, "bubble.html", answer),
    "phone-urgent": (PHONE, "bubble.html", urgent),
    "phone-dark": ({**PHONE, "color_scheme": "dark"}, "bubble.html", appointment),
    "phone-confirm": (PHONE, "bubble.html", confirm),
    "phone-form": (PHONE, "bubble.html", form),
    "phone-appointment": (PHONE, "bubble.html", appointment),
    "phone-menu": (PHONE, "bubble.html", menu),
    "phone-erase": (PHONE, "bubble.html", erase),
    "phone-rtl": (PHONE, "rtl.html", lambda chat: chat.open().ask("rtl العربية")),
    "phone-offline": (PHONE, "bubble.html", offline),
    "phone-503": (PHONE, "bubble.html", unavailable),
    "phone-not-loaded": (PHONE, "bubble.html", not_loaded),
    "zoom-400": ({"viewport": {"width": 320, "height": 256}}, "bubble.html", answer),
    "width-320": ({"viewport": {"width": 320, "height": 640}}, "bubble.html", answer),
}
# States that are looked at with the browser's own letters at 150% and 200% as well: the text grows, not the window.
LARGE_TEXT = (
    "phone-closed",
    "phone-answer",
    "phone-urgent",
    "phone-appointment",
    "phone-confirm",
    "phone-form",
    "phone-menu",
    "phone-erase",
    "phone-offline",
    "phone-503",
    "phone-not-loaded",
)


def take(folder: Path, wanted: list[str], letters: int = 16) -> None:
    """Write the wanted pictures (all, when none is named) as PNG files, with the browser's letters of this size."""
    folder.mkdir(parents=True, exist_ok=True)
    with run_server() as server, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=[*ARGS, letters_of(letters)])
        for name, (screen, example, scene) in SHOTS.items():
            if wanted and name not in wanted:
                continue
            server.control("reset")
            context = browser.new_context(reduced_motion="reduce", locale="en-GB", **screen)
            context.set_default_timeout(6000)
            chat = Chat(context.new_page(), server)
            try:
                scene(chat.visit(example))
                chat.page.wait_for_timeout(150)
            finally:
                chat.page.screenshot(path=folder / f"{name}.png")
                context.close()
        browser.close()


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "screenshots"
    take(target, sys.argv[2:])
    if not sys.argv[2:]:
        for percent in (150, 200):
            take(target / f"letters-{percent}", list(LARGE_TEXT), 16 * percent // 100)
