"""The three kinds of activities (spec 6)."""
