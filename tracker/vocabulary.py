"""The closed vocabularies of the data model, each word as it is stored, exported and typed in filters."""

from enum import StrEnum


class Kind(StrEnum):
    """What sort of quantity a claim states."""

    MONEY = "money"
    SHARE = "share"
    CHANGE = "change"
    COUNT = "count"
    MEASURE = "measure"
    DURATION = "duration"


class Qualifier(StrEnum):
    """What the wording does to the number."""

    EXACT = "exact"
    ABOUT = "about"
    NEARLY = "nearly"
    OVER = "over"
    AT_LEAST = "at_least"
    UNDER = "under"
    UP_TO = "up_to"
    VAGUE = "vague"


class Stage(StrEnum):
    """How far along a transaction is; two stages are never added together."""

    NEED = "need"
    PROPOSAL = "proposal"
    PLEDGE = "pledge"
    APPROPRIATION = "appropriation"
    AUTHORISATION = "authorisation"
    TENDER = "tender"
    AWARD = "award"
    CONTRACT = "contract"
    ALLOCATION = "allocation"
    DISBURSEMENT = "disbursement"
    EXPENDITURE = "expenditure"
    DELIVERY = "delivery"


class Modality(StrEnum):
    """How the text asserts the claim."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    TARGET = "target"
    FORECAST = "forecast"
    CONDITIONAL = "conditional"
    DENIED = "denied"


class Aggregation(StrEnum):
    """Whether the number is one flow, a sum of several, or what is held at a time."""

    SINGLE = "single"
    TOTAL = "total"
    STOCK = "stock"


class Topic(StrEnum):
    """What the claim is about."""

    AID = "aid"
    PROCUREMENT = "procurement"
    BUDGET = "budget"
    PRODUCTION = "production"
    STOCKPILE = "stockpile"
    PERSONNEL = "personnel"
    LOSSES = "losses"
    TRADE = "trade"
    INDUSTRY = "industry"
    OTHER = "other"


class Reason(StrEnum):
    """Why a number was set aside and is no claim."""

    DATE = "date"
    DESIGNATION = "designation"
    SPECIFICATION = "specification"
    ORDINAL = "ordinal"
    BOILERPLATE = "boilerplate"
    ENUMERATION = "enumeration"
    RHETORICAL = "rhetorical"
    DURATION = "duration"
    IDENTIFIER = "identifier"


class Role(StrEnum):
    """The part that a party plays in a claim."""

    ACTOR = "actor"
    COUNTERPARTY = "counterparty"
    SPEAKER = "speaker"


class LinkKind(StrEnum):
    """How two claims of one article hang together."""

    RESTATES = "restates"
    TOTALS = "totals"


class RateRule(StrEnum):
    """How the rate of a conversion was chosen."""

    SAME_DAY = "same_day"
    PREVIOUS_PUBLISHED = "previous_published"
    NONE = "none"


class PartyKind(StrEnum):
    """What a party is."""

    STATE = "state"
    BODY = "body"
    COMPANY = "company"
    PROGRAMME = "programme"
    WEAPON = "weapon"
    PERSON = "person"


class SourceKind(StrEnum):
    """What a publisher is."""

    GOVERNMENT = "government"
    AGENCY = "agency"
    NEWSPAPER = "newspaper"
    BROADCASTER = "broadcaster"
    COMPANY = "company"
    THINK_TANK = "think_tank"
    OTHER = "other"
    UNKNOWN = "unknown"


class RunKind(StrEnum):
    """What a run did."""

    INGEST = "ingest"
    REEXTRACTION = "reextraction"


class RunStatus(StrEnum):
    """How a run stands; one that was killed stays `running` until the next one on its machine begins, and is `failed` then."""

    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
