-- What did OpenAI restate since Monday?
SELECT integration_id, day, restated_at, old_total, new_total, difference, items_added, items_removed, items_changed
FROM restatements
WHERE tenant_id = 'local' AND restated_at >= toMonday(now('UTC')) AND was_complete
ORDER BY abs(difference) DESC
