-- What did last month cost, as we knew it a week ago?
-- The sum of each day's latest revision until then; 0 where nothing was known yet. Of all currencies of an
-- integration: an organization is billed in one.
WITH now('UTC') - INTERVAL 7 DAY AS as_of, toStartOfMonth(now('UTC')) AS this_month
SELECT integration_id, sum(known_then) AS as_known_then, sum(known_now) AS as_known_now, as_known_now - as_known_then AS learned_since
FROM
(
    SELECT integration_id, argMaxIf(total, revised_at, revised_at <= as_of) AS known_then, argMax(total, revised_at) AS known_now
    FROM revisions
    WHERE tenant_id = 'local' AND day >= this_month - INTERVAL 1 MONTH AND day < this_month
    GROUP BY integration_id, day
)
GROUP BY integration_id
