"""A headless Chromium whose every request is seen: by the page's log, and by the only proxy.

The server below is both: it serves the page, and it is the proxy for all other hosts, which it
refuses. Nothing that Chromium asks for can leave the machine.
"""

from __future__ import annotations

import http.server
import io
import json
import math
import os
import pathlib
import shutil
import threading
from typing import Any, Self

import PIL.Image
from selenium import webdriver

# Selenium looks for drivers on the network, and reports that it did, unless it is told not to.
os.environ.update(SE_OFFLINE="true", SE_AVOID_STATS="true")

_FLAGS = (
    "--headless=new",
    "--no-sandbox",  # CI is root
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
    "--proxy-bypass-list=<-loopback>",
)
_WATCH = """
window.pwned = false;
for (const name of ["alert", "confirm", "print", "prompt"])
  window[name] = () => { window.pwned = true; };
"""


class _Handler(http.server.BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        page = self.server.pages.get(self.path)
        self.send_response(502 if page is None else 200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page or b"")

    def do_POST(self) -> None:
        self.do_GET()

    def do_CONNECT(self) -> None:
        self.server.asked.append(f"https://{self.path}")
        self.send_error(502)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.pages: dict[str, bytes] = {}
        self.asked: list[str] = []

    def handle_error(self, *_: object) -> None:
        """Say nothing of a browser that hangs up."""


class Browser:
    """One Chromium, and the server of the page that it shows."""

    def __init__(self) -> None:
        self._server = _Server()
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        options = webdriver.ChromeOptions()
        for flag in (*_FLAGS, f"--proxy-server={self._server.address}"):
            options.add_argument(flag)
        options.binary_location = shutil.which("chromium") or ""
        options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
        service = webdriver.ChromeService(shutil.which("chromedriver"))
        self._driver = webdriver.Chrome(options=options, service=service)
        self._driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": _WATCH})
        self._count = 0
        self.icon = f"{self._server.address}/favicon.ico"
        """What Chromium itself asks for, if the page lets it."""
        self.address = ""
        """Where the page is that is shown."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._driver.quit()
        self._server.shutdown()
        self._server.server_close()

    def show(self, page: str, *, width: int = 1280, dark: bool = False) -> None:
        """Open a page, and forget what was asked for before."""
        self.adapt(width=width, dark=dark)
        self.console()
        self.requests()
        self._server.asked.clear()
        self._count += 1
        self.address = f"{self._server.address}/{self._count}"
        self._server.pages = {self.address: page.encode(), self.icon: b""}
        self._driver.get(self.address)

    def adapt(self, *, width: int, dark: bool) -> None:
        """Give the page another width and another colour scheme."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        self._resize(width, 800)

    def run(self, script: str) -> Any:
        """Return what a script returns in the page."""
        return self._driver.execute_script(script)

    def wait(self, script: str) -> Any:
        """Return what a script hands to the function that is its last argument."""
        return self._driver.execute_async_script(script)

    def console(self) -> list[str]:
        """Return what the console said since it was asked last."""
        return self._log("browser")

    def requests(self) -> list[str]:
        """Return the addresses that pages asked for since then, allowed to or not, data: too."""
        messages = [json.loads(entry)["message"] for entry in self._log("performance")]
        return [
            message["params"]["request"]["url"]
            for message in messages
            if message["method"] == "Network.requestWillBeSent"
        ]

    def _log(self, name: str) -> list[str]:
        entries = self._driver.execute("getLog", {"type": name})["value"]
        return [entry["message"] for entry in entries]

    def arrived(self) -> list[str]:
        """Return the addresses that the server or proxy was asked for since the page was shown.

        Chromium's own services are among them.
        """
        return list(self._server.asked)

    def photograph(self, path: pathlib.Path, most: int = 10_000) -> None:
        """Write the page that is shown, down to so many pixels, as PNG of 256 colours."""
        box = self.run("return document.documentElement.getBoundingClientRect().toJSON()")
        size = {"width": round(box["width"]), "height": min(math.ceil(box["height"]), most)}
        self._resize(**size)
        with PIL.Image.open(io.BytesIO(self._driver.get_screenshot_as_png())) as picture:
            picture.convert("RGB").quantize().save(path, optimize=True)

    def _resize(self, width: int, height: int) -> None:
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self._driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
