"""The closed vocabularies: one word per concept, spelled here and nowhere else."""

from __future__ import annotations

from enum import StrEnum


class Part(StrEnum):
    """The part of a document in which evidence stands."""

    TITLE = "title"
    TEXT = "text"


class DocumentKind(StrEnum):
    NEWS = "news"
    ANALYSIS = "analysis"
    OPINION = "opinion"
    LIVE = "live"
    EXPLAINER = "explainer"
    REPORT = "report"


class Reliability(StrEnum):
    """Reliability of a source, first half of the Admiralty grade (set by the user)."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Marking(StrEnum):
    """Traffic Light Protocol 2.0 labels (FIRST), from open to closed."""

    CLEAR = "TLP:CLEAR"
    GREEN = "TLP:GREEN"
    AMBER = "TLP:AMBER"
    AMBER_STRICT = "TLP:AMBER+STRICT"
    RED = "TLP:RED"

    @property
    def rank(self) -> int:
        """0 for the most open label, 4 for the most closed."""
        return list(Marking).index(self)


class Precision(StrEnum):
    """How exactly a point in time is known."""

    MINUTE = "minute"
    HOUR = "hour"
    PART_OF_DAY = "part_of_day"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"
    UNKNOWN = "unknown"


class PlacePrecision(StrEnum):
    FACILITY = "facility"
    SETTLEMENT = "settlement"
    REGION = "region"
    COUNTRY = "country"
    AREA = "area"
    UNKNOWN = "unknown"


class EntityType(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"
    ARMED_GROUP = "armed_group"
    STATE_BODY = "state_body"
    PLACE = "place"
    FACILITY = "facility"


class Qualifier(StrEnum):
    EXACTLY = "exactly"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOUT = "about"
    MORE_THAN = "more_than"
    FEWER_THAN = "fewer_than"
    BETWEEN = "between"
    VAGUE = "vague"


class Measure(StrEnum):
    KILLED = "killed"
    WOUNDED = "wounded"
    MISSING = "missing"
    DETAINED = "detained"
    ABDUCTED = "abducted"
    DISPLACED = "displaced"
    PEOPLE = "people"
    INCIDENTS = "incidents"
    MATERIEL = "materiel"
    MONEY = "money"
    SHARE = "share"
    AREA = "area"
    OTHER = "other"


class StatementKind(StrEnum):
    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Stance(StrEnum):
    """What the speaker does with the words."""

    ASSERTS = "asserts"
    WARNS = "warns"
    DENIES = "denies"
    DEMANDS = "demands"
    PROMISES = "promises"
    CONDEMNS = "condemns"
    SUPPORTS = "supports"
    DOUBTS = "doubts"
    ACCUSES = "accuses"
    CLAIMS = "claims"
    ASKS = "asks"
    BELIEVES = "believes"
    FEARS = "fears"
    THREATENS = "threatens"


class Polarity(StrEnum):
    POSITIVE = "positive"
    NEGATIVE = "negative"


class EventType(StrEnum):
    BATTLE = "battle"
    AIRSTRIKE = "airstrike"
    EXPLOSION = "explosion"
    ATTACK_ON_CIVILIANS = "attack_on_civilians"
    ABDUCTION = "abduction"
    ARREST = "arrest"
    PROTEST = "protest"
    RIOT = "riot"
    ESCAPE = "escape"
    DISPLACEMENT = "displacement"
    DEPLOYMENT = "deployment"
    AGREEMENT = "agreement"
    SANCTION = "sanction"
    CYBER = "cyber"
    DISASTER = "disaster"
    JUDICIAL = "judicial"
    OTHER = "other"


class EventStatus(StrEnum):
    ACTUAL = "actual"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    HISTORICAL = "historical"
    DENIED = "denied"


class RiskKind(StrEnum):
    THREAT = "threat"
    PLAN = "plan"
    WARNING = "warning"
    FEAR = "fear"
    EXPECTATION = "expectation"
    VULNERABILITY = "vulnerability"
    ULTIMATUM = "ultimatum"
    CONTINUATION = "continuation"
    CASUALTIES_MAY_RISE = "casualties_may_rise"


class Likelihood(StrEnum):
    """Rows of the risk matrix."""

    REMOTE = "remote"
    UNLIKELY = "unlikely"
    POSSIBLE = "possible"
    LIKELY = "likely"
    ALMOST_CERTAIN = "almost_certain"


class Impact(StrEnum):
    """Columns of the risk matrix."""

    MINOR = "minor"
    MODERATE = "moderate"
    SERIOUS = "serious"
    SEVERE = "severe"
    CRITICAL = "critical"


class Level(StrEnum):
    """Cells of the risk matrix; ``unrated`` when the text supports no rating."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    EXTREME = "extreme"
    UNRATED = "unrated"


class Change(StrEnum):
    """How a story stands to the last issue."""

    NEW = "new"
    UPDATED = "updated"
    CORRECTED = "corrected"
    CLOSED = "closed"
    UNCHANGED = "unchanged"


class Drop(StrEnum):
    """Why a document was read and not kept."""

    UNDATED = "undated"
    STALE = "stale"
    FUTURE = "future-dated"
    DUPLICATE = "duplicate"
    LANGUAGE = "wrong language"
    EMPTY = "empty"
    UNREADABLE = "unreadable"
    FAILED = "failed"
    NOT_RELEVANT = "not relevant"
    REPORTED = "already reported"
