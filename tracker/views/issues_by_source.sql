-- One row is one kind of data problem at one publisher; the source is null where none is known.
SELECT
    s.name AS source,
    i.kind,
    COUNT(*) AS issues,
    COUNT(DISTINCT COALESCE(i.article_key, i.location)) AS articles,
    MAX(i.created_at) AS latest_at
FROM issue i
LEFT JOIN article a ON a.key = i.article_key
LEFT JOIN source s ON s.key = a.source_key
GROUP BY s.name, i.kind
