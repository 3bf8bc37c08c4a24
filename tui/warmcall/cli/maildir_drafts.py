"""Letters that commands put into the Maildir of a mail program, as drafts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from warmcall.cli.bootstrap import new_id
from warmcall.cli.invocation import fail
from warmcall.cli.refusals import nothing_done
from warmcall.domain.sanitize import one_line

if TYPE_CHECKING:
    from warmcall.domain.records import Contact
    from warmcall.services.services import Services


def deliver_to_maildir(services: Services, contact: Contact, subject: str, body: str, folder: Path) -> str:
    """Put a letter into the Maildir `folder` as a draft; return a sentence that says where it is.

    Ends with a sentence if the letter is not ready to be sent, or cannot be written.
    """
    from warmcall.formats.mail import eml
    from warmcall.services.mail_drafts import NotReady, ready_mail_draft
    from warmcall.storage.maildir import deliver_draft

    try:
        draft = ready_mail_draft(services, contact, subject, body, new_id())
    except NotReady as problem:
        fail(f"{problem}. Nothing was written.")
    seconds = int(services.time.now().timestamp())
    with nothing_done("written"):
        path, is_new = deliver_draft(folder, eml(draft, is_file=False), seconds, os.uname().nodename)
    return f"{'Draft written to' if is_new else 'The same draft is there already:'} {one_line(str(path))}"
