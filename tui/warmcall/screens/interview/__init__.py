"""The interview: preparation, the meeting against the countdown, the debrief."""
