"""How many examples hypothesis tries, by the profile that the conftest has loaded.

Only tests import this: the programs that tests start have no profile.
"""

from hypothesis import settings


def examples(usual: int, long: int) -> settings:
    """Return settings for a test that is dear: so many examples in the usual run, and in the long one.

    Raises:
        KeyError: if neither profile of the conftest is loaded yet, so that the examples would be others each
            time, and each would have a deadline.
    """
    return settings(max_examples={"usual": usual, "long": long}[settings.get_current_profile_name()])


modest = examples(usual=20, long=60)
"""Enough examples to find a mistake in something cheap."""
