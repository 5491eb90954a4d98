"""Check what one field of a rubric or layout alone cannot show, such as a name used nowhere."""
