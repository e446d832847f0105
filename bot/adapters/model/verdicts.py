"""Judges a whole reply: the JSON that it holds, or why it cannot be used."""

from bot.adapters.model.contents import find_fitting
from bot.adapters.model.failures import EndpointError, Place
from bot.adapters.model.replies import Reply
from bot.ports import ModelRequest


def fitting_content(reply: Reply, request: ModelRequest, place: Place) -> str:
    """Return the first JSON object of the reply that fits the request's schema.

    It counts however the reply ends, for it is whole; only what a filter has cut is not used.

    Raises:
        EndpointError: there is none.
    """
    if reply.finish == "content_filter" or "".join(reply.refusal).strip():
        raise EndpointError("refusal", place)
    found = find_fitting(reply.text, request.schema)
    if found is not None:
        return found
    if reply.finish == "length":
        raise EndpointError("cut_off", place)
    if not reply.finish:
        raise EndpointError("broken", place)
    raise EndpointError("misfit" if reply.text.strip() else "empty", place)
