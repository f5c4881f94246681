-- One row is one current claim: not withdrawn, of an article that no newer version supersedes.
SELECT
    c.key AS claim_key,
    c.article_key,
    s.name AS source,
    s.tier AS source_tier,
    a.title,
    a.url,
    a.language,
    a.published_from,
    a.published_to,
    c.kind,
    c.qualifier,
    CAST(c.low AS NUMERIC) AS low,
    CAST(c.high AS NUMERIC) AS high,
    CAST(c.lower_bound AS NUMERIC) AS lower_bound,
    CAST(c.upper_bound AS NUMERIC) AS upper_bound,
    c.unit,
    c.per,
    CAST(CASE WHEN c.unit = 'EUR' THEN c.low ELSE eur.low END AS NUMERIC) AS low_eur,
    CAST(CASE WHEN c.unit = 'EUR' THEN c.high ELSE eur.high END AS NUMERIC) AS high_eur,
    CAST(CASE WHEN c.unit = 'USD' THEN c.low ELSE usd.low END AS NUMERIC) AS low_usd,
    CAST(CASE WHEN c.unit = 'USD' THEN c.high ELSE usd.high END AS NUMERIC) AS high_usd,
    COALESCE(eur.rate_date, usd.rate_date) AS rate_date,
    COALESCE(eur.rule, usd.rule) AS rate_rule,
    c.base,
    c.object,
    c.actor,
    actor.party_id AS actor_party,
    c.counterparty,
    counterparty.party_id AS counterparty_party,
    c.speaker,
    speaker.party_id AS speaker_party,
    c.stage,
    c.stage_as_reported,
    c.modality,
    c.aggregation,
    c.topic,
    c.date,
    c.date_from,
    c.date_to,
    c.is_restatement,
    c.is_summed,
    c.counts_once,
    (SELECT MIN(l.target_key) FROM claim_link l WHERE l.claim_key = c.key AND l.kind = 'restates') AS restates_key,
    c.quote,
    c.prefix,
    c.suffix,
    c.sentence,
    c.start_offset,
    c.end_offset,
    c.rule,
    c.confidence,
    c.last_run AS run_key
FROM claim c
JOIN article a ON a.key = c.article_key
LEFT JOIN source s ON s.key = a.source_key
LEFT JOIN conversion eur ON eur.claim_key = c.key AND eur.unit = 'EUR'
LEFT JOIN conversion usd ON usd.claim_key = c.key AND usd.unit = 'USD'
LEFT JOIN claim_party actor ON actor.claim_key = c.key AND actor.role = 'actor'
LEFT JOIN claim_party counterparty ON counterparty.claim_key = c.key AND counterparty.role = 'counterparty'
LEFT JOIN claim_party speaker ON speaker.claim_key = c.key AND speaker.role = 'speaker'
WHERE c.withdrawn_at IS NULL AND a.superseded_by IS NULL
