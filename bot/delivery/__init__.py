"""From briefings to what is posted: neutral cards, and their plain text and Markdown."""
