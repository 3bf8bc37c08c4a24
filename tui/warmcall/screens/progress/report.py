"""Writing the report: asks with whose names, in which form and where, and writes the file."""

from __future__ import annotations

from collections.abc import Callable

from warmcall.config.safe_files import explanation
from warmcall.presentation import report as words
from warmcall.presentation.palette import not_written, written
from warmcall.screens.base import View
from warmcall.screens.confirm_once import ConfirmOnce
from warmcall.screens.forms import FormDialog, Values
from warmcall.services.services import Services
from warmcall.widgets.form import Choice, Field


class ReportForm(FormDialog):
    """Gives back the values with the whole path of the file once it is written, None when it is left."""

    def __init__(self, services: Services) -> None:
        fields = (
            Field("names", "People", choices=words.NAMES, letters="no", sentence=words.names_sentence),
            Field("form", "As", choices=words.FORMS),
            Field("file", "File", "~ is your home"),
        )
        values = {"names": words.WITH, "form": words.HTML, "file": words.proposed_file(words.HTML)}
        super().__init__(
            services, "Report", fields, values, words.form_problems, words.INTRO, settle=self._write
        )
        self._warning = ConfirmOnce(self.say)

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Propose a file of the form chosen, unless the user has named one."""
        self._form.show({"file": words.proposed_file(self.values["form"])})

    def _write(self, _view: View, values: Values, close: Callable[[Values], None]) -> None:
        """Write the file and close; over one that is there only when that was asked for a second time."""
        typed = values["file"].strip()
        text = words.report_text(self.services, values["names"] == words.WITH, values["form"] == words.HTML)
        warning = words.file_exists(typed, self.key("form.save"))
        try:
            path = self.external.write_named(typed, text, self._warning.was_shown(warning))
        except FileExistsError:
            self._warning.confirmed(warning)
        except OSError as error:
            self.say(not_written(explanation(error)))
        else:
            close({**values, "file": path})


def ask_for_report(view: View) -> None:
    """Ask over `view` how the report is to be, write it, and say where it is."""

    def say(values: Values | None) -> None:
        if values is not None:
            view.say(written(values["file"]))

    view.app.push_screen(ReportForm(view.services), say)
