"""The system's Chromium, and how it is started."""

import shutil
from typing import Any


def launch_args() -> dict[str, Any]:
    """For Playwright's `launch`. RuntimeError where there is no Chromium: nothing is skipped."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not executable:
        raise RuntimeError("Chromium is missing: apt-get install chromium (or your system's package).")
    flags = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    # Chromium 150 forgets an emulated cut of the network at each new document (`navigator.onLine` is true again),
    # unless documents go on in the frame they were opened in. The first feature is Playwright's own.
    features = "--enable-features=CDPScreenshotNewSurface,RenderDocument:level/subframe"
    return {
        "executable_path": executable,
        "headless": True,
        "args": [*flags.split(), "--disable-component-update", "--disable-sync", features],
    }
