"""The built book, served and on disk, in a browser that can reach nothing else."""

import ast
import functools
import http.server
import threading
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from entente.course.browser import chromium
from entente.course.notebooks import read_page

ROOT = Path(__file__).parents[2]
HTML = ROOT / "_build/html"


@pytest.fixture(scope="session")
def html():
    if not (HTML / "index.html").exists():
        pytest.fail("there is no book in _build/html: run `make book` first")
    return HTML


@pytest.fixture(scope="session")
def served(html):
    """The address of the book on a server of our own."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    handler = functools.partial(Quiet, directory=html)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def browser():
    program = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                # No host but this machine is found.
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def page_objects():
    """What the cells of a page show, of one type, made by running them here, once."""

    @functools.cache
    def everything(name):
        found, names = [], {}
        code = [cell for cell in read_page(ROOT / name).cells if cell.cell_type == "code"]
        for cell in code:
            body = ast.parse(cell.source).body
            last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
            exec(compile(ast.Module(body, []), name, "exec"), names)
            if last:
                found.append(eval(compile(ast.Expression(last.value), name, "eval"), names))
        return found

    return lambda name, kind: [shown for shown in everything(name) if isinstance(shown, kind)]


@pytest.fixture
def open_page(browser, request):
    """Open pages and note what they complain of and what they ask for."""
    contexts = []

    def open_page(address, width=1280, theme="light", **options):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=theme, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.complaints, page.requests = [], []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("requestfailed", lambda request: page.complaints.append(request.url))
        page.on("request", lambda request: page.requests.append(request.url))
        page.on(
            "console",
            lambda message: (
                page.complaints.append(message.text)
                if message.type in ("error", "warning")
                else None
            ),
        )
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
