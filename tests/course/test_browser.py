"""Chromium is found, or installed, or asked for in one sentence."""

import pytest

from entente.course import browser


@pytest.fixture
def nowhere(monkeypatch):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(browser.shutil, "which", lambda name: None)
    monkeypatch.setattr(browser, "_playwrights_own", lambda: None)
    return monkeypatch


def test_a_browser_that_is_named_is_taken(nowhere):
    nowhere.setenv("CHROMIUM", "mine")
    assert browser.chromium() == "mine"


def test_none_is_installed_unasked(nowhere):
    nowhere.setattr(browser.subprocess, "run", lambda *_, **__: pytest.fail("installs"))
    with pytest.raises(browser.BrowserMissing, match="Install Chromium or Chrome"):
        browser.chromium()


def test_it_is_installed_when_asked(nowhere):
    ran = []

    def run(command, **_):
        ran.append(command)
        nowhere.setattr(browser, "_playwrights_own", lambda: "installed")

    nowhere.setattr(browser.subprocess, "run", run)
    assert browser.chromium(install=True) == "installed"
    assert [command[1:] for command in ran] == [["-m", "playwright", "install", "chromium"]]


def test_when_nothing_helps_one_sentence_tells(nowhere):
    nowhere.setattr(browser.subprocess, "run", lambda *_, **__: None)
    with pytest.raises(browser.BrowserMissing) as refusal:
        browser.chromium(install=True)
    assert "\n" not in str(refusal.value)


def test_the_system_installs_first_where_it_may(nowhere):
    nowhere.setattr(browser.shutil, "which", lambda name: "/usr/bin/apt-get")
    nowhere.setattr(browser.os, "geteuid", lambda: 0, raising=False)
    assert [command[0] for command in browser._installers()][:2] == ["apt-get", "apt-get"]
