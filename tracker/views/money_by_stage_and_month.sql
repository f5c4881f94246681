-- One row is one stage in one month: the money of the claims that a sum may add, each counted once.
-- The month is that of the claim's date, else of the publication; ranges count with their low end.
SELECT
    c.month,
    c.stage,
    COUNT(*) AS claims,
    COUNT(DISTINCT c.article_key) AS articles,
    ROUND(CAST(SUM(c.eur_float) AS NUMERIC), 2) AS total_eur,
    ROUND(CAST(SUM(c.usd_float) AS NUMERIC), 2) AS total_usd
FROM claim c
WHERE c.counts_once = TRUE AND c.kind = 'money'
GROUP BY c.stage, c.month
