"""Words of `/ask`."""

from typing import Final

COMMAND: Final = "A question, answered from the sources, in a thread that goes on"
QUESTION: Final = "What you want to know; without it a form opens"
FORM: Final = "Ask the sources"
LABEL: Final = "Your question"
HINT: Final = "It is answered from the stories of the window, with its sources, or not at all."
