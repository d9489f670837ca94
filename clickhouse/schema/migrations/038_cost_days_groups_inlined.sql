-- The same sums without ALIAS columns: for each use of the table, ClickHouse analyzed their expressions, whatever the
-- statement read, which took longer than a small table's rows. A group's facts are counted first; where groups begin
-- among the facts sorted by group follows from these counts.
ALTER TABLE cost_days
    MODIFY COLUMN by_project.facts
        MATERIALIZED arrayMap(places -> length(places), arraySplit(
            (place, before) -> place != before,
            arraySort(arrayEnumerateDense(items.project_id, items.project_name, items.currency, items.quantity_unit)),
            arrayPopBack(arrayPushFront(arraySort(arrayEnumerateDense(items.project_id, items.project_name, items.currency, items.quantity_unit)), 0)))),
    MODIFY COLUMN by_project.amount
        MATERIALIZED arrayReduceInRanges('sum',
            arrayMap((end, facts) -> (toUInt32(end - facts + 1), facts), arrayCumSum(`by_project.facts`), `by_project.facts`),
            arraySort((value, place) -> place, items.amount, arrayEnumerateDense(items.project_id, items.project_name, items.currency, items.quantity_unit))),
    MODIFY COLUMN by_project.quantity
        MATERIALIZED arrayReduceInRanges('sum',
            arrayMap((end, facts) -> (toUInt32(end - facts + 1), facts), arrayCumSum(`by_project.facts`), `by_project.facts`),
            arraySort((value, place) -> place, arrayMap(each -> ifNull(each, 0), items.quantity), arrayEnumerateDense(items.project_id, items.project_name, items.currency, items.quantity_unit))),
    MODIFY COLUMN by_project.measured_facts
        MATERIALIZED arrayReduceInRanges('sum',
            arrayMap((end, facts) -> (toUInt32(end - facts + 1), facts), arrayCumSum(`by_project.facts`), `by_project.facts`),
            arraySort((value, place) -> place, arrayMap(each -> toUInt64(each IS NOT NULL), items.quantity), arrayEnumerateDense(items.project_id, items.project_name, items.currency, items.quantity_unit))),
    MODIFY COLUMN by_model.facts
        MATERIALIZED arrayMap(places -> length(places), arraySplit(
            (place, before) -> place != before,
            arraySort(arrayEnumerateDense(items.service, items.model, items.currency, items.quantity_unit)),
            arrayPopBack(arrayPushFront(arraySort(arrayEnumerateDense(items.service, items.model, items.currency, items.quantity_unit)), 0)))),
    MODIFY COLUMN by_model.amount
        MATERIALIZED arrayReduceInRanges('sum',
            arrayMap((end, facts) -> (toUInt32(end - facts + 1), facts), arrayCumSum(`by_model.facts`), `by_model.facts`),
            arraySort((value, place) -> place, items.amount, arrayEnumerateDense(items.service, items.model, items.currency, items.quantity_unit))),
    MODIFY COLUMN by_model.quantity
        MATERIALIZED arrayReduceInRanges('sum',
            arrayMap((end, facts) -> (toUInt32(end - facts + 1), facts), arrayCumSum(`by_model.facts`), `by_model.facts`),
            arraySort((value, place) -> place, arrayMap(each -> ifNull(each, 0), items.quantity), arrayEnumerateDense(items.service, items.model, items.currency, items.quantity_unit))),
    MODIFY COLUMN by_model.measured_facts
        MATERIALIZED arrayReduceInRanges('sum',
            arrayMap((end, facts) -> (toUInt32(end - facts + 1), facts), arrayCumSum(`by_model.facts`), `by_model.facts`),
            arraySort((value, place) -> place, arrayMap(each -> toUInt64(each IS NOT NULL), items.quantity), arrayEnumerateDense(items.service, items.model, items.currency, items.quantity_unit)))
