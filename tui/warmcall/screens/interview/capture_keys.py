"""The keys that record in passing what is said while a talk goes on."""

from __future__ import annotations

from textual.binding import Binding

CAPTURE_KEYS: tuple[Binding, ...] = (
    Binding("r,ctrl+r", "capture('referral')", "Referral", id="capture.referral",
            tooltip="Somebody they named"),
    Binding("p,ctrl+o", "capture('promise')", "Promise", id="capture.promise",
            tooltip="Something you or they said they would do"),
    Binding("A,ctrl+f", "capture('advice')", "Advice", show=False, id="capture.advice",
            tooltip="What they advise you to do; what is about your resume has a key of its own"),
    Binding("v", "capture('resume')", "Resume viewed", show=False, id="capture.resume",
            tooltip="They looked at your resume: what they advised"),
    Binding("o", "capture('on_file')", "On file", show=False, id="capture.on_file",
            tooltip="They keep you on file: recorded, and written about after some months"),
    Binding("H", "capture('opening')", "Opening", show=False, id="capture.opening",
            tooltip="An opening they spoke of: recorded, and written about after some months"),
)  # fmt: skip
"""The keys of every pane in which captures are recorded; their action is `record_capture`."""
