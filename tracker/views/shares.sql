-- One row is one current claim that states a part of a whole: who holds what share of which base, and when.
SELECT
    c.key AS claim_key,
    c.actor,
    c.object,
    c.base,
    CAST(c.low AS NUMERIC) AS low,
    CAST(c.high AS NUMERIC) AS high,
    c.qualifier,
    c.modality,
    c.date_from,
    c.date_to,
    s.name AS source,
    a.published_from,
    c.quote,
    c.sentence
FROM claim c
JOIN article a ON a.key = c.article_key
LEFT JOIN source s ON s.key = a.source_key
WHERE c.kind = 'share' AND c.withdrawn_at IS NULL AND a.superseded_by IS NULL
