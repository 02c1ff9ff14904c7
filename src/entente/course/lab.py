"""Starts a JupyterLab of its own, for the tests and benchmarks that drive one."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SECONDS = 60
"""How long it may take to start."""


@contextmanager
def jupyterlab(home: Path) -> Iterator[str]:
    """Serve the folder `home`/files with settings of its own, and give the address.

    The application is reachable in the page as ``jupyterapp``, and all cells stay in the page,
    also those that are not in view.

    Raises
    ------
    RuntimeError
        If the server does not start; the message holds what it said.
    """
    settings = home / "settings/@jupyterlab/notebook-extension/tracker.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"windowingMode": "none"}), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [
        "files",
        "--no-browser",
        "--allow-root",
        "--IdentityProvider.token=",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        "--LabApp.expose_app_in_browser=True",
    ]
    own = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    environment = {name: str(home / name) for name in own}
    environment["JUPYTERLAB_SETTINGS_DIR"] = str(home / "settings")
    log = home / "log"
    with log.open("w") as file:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            cwd=home,
            env=os.environ | environment,
            stdout=file,
            stderr=file,
        )
    address = f"http://127.0.0.1:{port}/lab"
    try:
        for _ in range(2 * SECONDS):
            try:
                urllib.request.urlopen(address).close()
                break
            except OSError:
                time.sleep(0.5)
        else:
            raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()}")
        yield address
    finally:
        server.terminate()
        server.wait()


OPEN = """name => jupyterapp.restored
    .then(() => jupyterapp.commands.execute("docmanager:open",
        { path: name, factory: name.endsWith(".md") ? "Jupytext Notebook" : "Notebook" }))
    .then(() => 0)"""


def open_and_run(page, address: str, name: str, theme: str = "Light") -> None:
    """Open a notebook, or a text with cells, choose a theme and run all cells."""
    page.set_default_timeout(180_000)  # a busy machine is slow to start a kernel
    page.goto(f"{address}?reset")
    page.wait_for_function("window.jupyterapp")
    page.evaluate(OPEN, name)
    page.locator(".jp-Notebook .jp-MarkdownCell").first.wait_for()
    # The commands of the menus, by their names.
    do = "([name, options]) => jupyterapp.commands.execute(name, options)"
    page.evaluate(do, ["apputils:change-theme", {"theme": f"JupyterLab {theme}"}])
    page.locator(f"body[data-jp-theme-name='JupyterLab {theme}']").wait_for(state="attached")
    page.wait_for_function(
        "jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
    )
    page.evaluate(do, ["notebook:run-all-cells", {}])
