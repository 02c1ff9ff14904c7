"""Finds Chromium for the tests that look at the built book, or installs it."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ADVICE = (
    "No Chromium was found and none could be installed. Install Chromium or Chrome, put it on "
    "PATH or name its program in the environment variable CHROMIUM, and try again."
)


class BrowserMissing(Exception):
    """There is no browser, and none could be installed."""


def chromium(install: bool = False) -> str:
    """Return the path of Chromium's program.

    Looks at the environment variable ``CHROMIUM``, the programs on ``PATH`` and the browser
    that Playwright keeps, in this order. With `install`, a missing one is installed by
    ``apt-get`` where that is allowed, else by Playwright.

    Raises
    ------
    BrowserMissing
        If there is none.
    """
    if found := _find():
        return found
    if install:
        for command in _installers():
            subprocess.run(command, stdout=sys.stderr, check=False)
            if found := _find():
                return found
    raise BrowserMissing(ADVICE)


def _find() -> str | None:
    named = os.environ.get("CHROMIUM")
    on_path = (shutil.which(name) for name in NAMES)
    return named or next(filter(None, on_path), None) or _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None


def _installers() -> list[list[str]]:
    commands = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    may_use_apt = hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")
    if may_use_apt:
        commands[:0] = [["apt-get", "update"], ["apt-get", "install", "-y", "chromium"]]
    return commands
