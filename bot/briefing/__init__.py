"""From briefs to a briefing: what is in the edition, in which order, on which sources."""
