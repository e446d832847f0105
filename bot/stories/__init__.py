"""Articles → stories: which articles tell of one event, and which of them are copies."""

from bot.stories.arrivals import Arrival, Arrivals, place_arrivals
from bot.stories.copies import CopyIndex, fingerprint
from bot.stories.group import group_articles
from bot.stories.grouper import Grouper
from bot.stories.handover import HandoverReader, Sorted, hand_over, references_of
from bot.stories.news_value import NewsValue, Topic, Topics, in_order, news_value, topics_of
from bot.stories.origins import OriginsFinder
from bot.stories.publishers import Publishers
from bot.stories.traits import Traits, TraitsReader
from bot.stories.why import MemberEvidence, explain_story
from bot.stories.words import StoryWords

__all__ = [
    "Arrival",
    "Arrivals",
    "CopyIndex",
    "Grouper",
    "HandoverReader",
    "MemberEvidence",
    "NewsValue",
    "OriginsFinder",
    "Publishers",
    "Sorted",
    "StoryWords",
    "Topic",
    "Topics",
    "Traits",
    "TraitsReader",
    "explain_story",
    "fingerprint",
    "group_articles",
    "hand_over",
    "in_order",
    "news_value",
    "place_arrivals",
    "references_of",
    "topics_of",
]
