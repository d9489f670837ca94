-- Which line items of the last 30 days are not understood, and how much money are they?
SELECT currency, line_item, unknown, is_classified, first_day, last_day, amount
FROM unknown_line_items
WHERE tenant_id = 'local' AND last_day >= toDate(now('UTC')) - 30
ORDER BY currency, amount DESC, line_item
