-- Sums of a day's facts in coarser groups, in the same row: the same insert computes them from the facts, so they can
-- never disagree. Facts are numbered by their group, the groups in the order of their first facts. Values sorted by that
-- number are added up in the ranges where it is the same; a group's names are those of its first fact.
ALTER TABLE cost_days
    ADD COLUMN IF NOT EXISTS places_by_project Array(UInt32)
        ALIAS arrayEnumerateDense(items.project_id, items.project_name, items.currency, items.quantity_unit)
        COMMENT 'The number of each fact''s group by project and its name, currency and unit',
    ADD COLUMN IF NOT EXISTS starts_by_project Array(UInt32)
        ALIAS arrayFilter(
            (at, place, before) -> place != before,
            arrayEnumerate(items.amount), arraySort(places_by_project), arrayPopBack(arrayPushFront(arraySort(places_by_project), 0)))
        COMMENT 'Where each group begins among the facts sorted by group',
    ADD COLUMN IF NOT EXISTS ranges_by_project Array(Tuple(UInt32, UInt64))
        ALIAS arrayMap(
            (start, end) -> (start, toUInt64(end - start)),
            starts_by_project, arrayPopFront(arrayPushBack(starts_by_project, toUInt32(length(items.amount) + 1))))
        COMMENT 'The start and length of each group among the facts sorted by group',
    ADD COLUMN IF NOT EXISTS by_project.project_id Array(LowCardinality(String))
        MATERIALIZED arrayFilter((value, nth) -> nth = 1, items.project_id, arrayEnumerateUniq(items.project_id, items.project_name, items.currency, items.quantity_unit))
        COMMENT 'Sums of the day''s facts by project and its name, currency and unit',
    ADD COLUMN IF NOT EXISTS by_project.project_name Array(LowCardinality(String))
        MATERIALIZED arrayFilter((value, nth) -> nth = 1, items.project_name, arrayEnumerateUniq(items.project_id, items.project_name, items.currency, items.quantity_unit))
        COMMENT 'Sums of the day''s facts by project and its name, currency and unit',
    ADD COLUMN IF NOT EXISTS by_project.currency Array(LowCardinality(String))
        MATERIALIZED arrayFilter((value, nth) -> nth = 1, items.currency, arrayEnumerateUniq(items.project_id, items.project_name, items.currency, items.quantity_unit))
        COMMENT 'Sums of the day''s facts by project and its name, currency and unit',
    ADD COLUMN IF NOT EXISTS by_project.quantity_unit Array(LowCardinality(String))
        MATERIALIZED arrayFilter((value, nth) -> nth = 1, items.quantity_unit, arrayEnumerateUniq(items.project_id, items.project_name, items.currency, items.quantity_unit))
        COMMENT 'Sums of the day''s facts by project and its name, currency and unit',
    ADD COLUMN IF NOT EXISTS by_project.amount Array(Decimal(38, 18))
        MATERIALIZED arrayReduceInRanges('sum', ranges_by_project,
            arraySort((value, place) -> place, items.amount, places_by_project))
        COMMENT 'Sums of the day''s facts by project and its name, currency and unit',
    ADD COLUMN IF NOT EXISTS by_project.quantity Array(Decimal(38, 18))
        MATERIALIZED arrayReduceInRanges('sum', ranges_by_project,
            arraySort((value, place) -> place, arrayMap(each -> ifNull(each, 0), items.quantity), places_by_project))
        COMMENT 'Sums of the day''s facts by project and its name, currency and unit',
    ADD COLUMN IF NOT EXISTS by_project.facts Array(UInt64)
        MATERIALIZED arrayMap(range -> range.2, ranges_by_project)
        COMMENT 'Sums of the day''s facts by project and its name, currency and unit',
    ADD COLUMN IF NOT EXISTS by_project.measured_facts Array(UInt64)
        MATERIALIZED arrayReduceInRanges('sum', ranges_by_project,
            arraySort((value, place) -> place, arrayMap(each -> toUInt64(each IS NOT NULL), items.quantity), places_by_project))
        COMMENT 'Sums of the day''s facts by project and its name, currency and unit',
    ADD COLUMN IF NOT EXISTS places_by_model Array(UInt32)
        ALIAS arrayEnumerateDense(items.service, items.model, items.currency, items.quantity_unit)
        COMMENT 'The number of each fact''s group by service and model, currency and unit',
    ADD COLUMN IF NOT EXISTS starts_by_model Array(UInt32)
        ALIAS arrayFilter(
            (at, place, before) -> place != before,
            arrayEnumerate(items.amount), arraySort(places_by_model), arrayPopBack(arrayPushFront(arraySort(places_by_model), 0)))
        COMMENT 'Where each group begins among the facts sorted by group',
    ADD COLUMN IF NOT EXISTS ranges_by_model Array(Tuple(UInt32, UInt64))
        ALIAS arrayMap(
            (start, end) -> (start, toUInt64(end - start)),
            starts_by_model, arrayPopFront(arrayPushBack(starts_by_model, toUInt32(length(items.amount) + 1))))
        COMMENT 'The start and length of each group among the facts sorted by group',
    ADD COLUMN IF NOT EXISTS by_model.service Array(LowCardinality(String))
        MATERIALIZED arrayFilter((value, nth) -> nth = 1, items.service, arrayEnumerateUniq(items.service, items.model, items.currency, items.quantity_unit))
        COMMENT 'Sums of the day''s facts by service and model, currency and unit',
    ADD COLUMN IF NOT EXISTS by_model.model Array(LowCardinality(String))
        MATERIALIZED arrayFilter((value, nth) -> nth = 1, items.model, arrayEnumerateUniq(items.service, items.model, items.currency, items.quantity_unit))
        COMMENT 'Sums of the day''s facts by service and model, currency and unit',
    ADD COLUMN IF NOT EXISTS by_model.currency Array(LowCardinality(String))
        MATERIALIZED arrayFilter((value, nth) -> nth = 1, items.currency, arrayEnumerateUniq(items.service, items.model, items.currency, items.quantity_unit))
        COMMENT 'Sums of the day''s facts by service and model, currency and unit',
    ADD COLUMN IF NOT EXISTS by_model.quantity_unit Array(LowCardinality(String))
        MATERIALIZED arrayFilter((value, nth) -> nth = 1, items.quantity_unit, arrayEnumerateUniq(items.service, items.model, items.currency, items.quantity_unit))
        COMMENT 'Sums of the day''s facts by service and model, currency and unit',
    ADD COLUMN IF NOT EXISTS by_model.amount Array(Decimal(38, 18))
        MATERIALIZED arrayReduceInRanges('sum', ranges_by_model,
            arraySort((value, place) -> place, items.amount, places_by_model))
        COMMENT 'Sums of the day''s facts by service and model, currency and unit',
    ADD COLUMN IF NOT EXISTS by_model.quantity Array(Decimal(38, 18))
        MATERIALIZED arrayReduceInRanges('sum', ranges_by_model,
            arraySort((value, place) -> place, arrayMap(each -> ifNull(each, 0), items.quantity), places_by_model))
        COMMENT 'Sums of the day''s facts by service and model, currency and unit',
    ADD COLUMN IF NOT EXISTS by_model.facts Array(UInt64)
        MATERIALIZED arrayMap(range -> range.2, ranges_by_model)
        COMMENT 'Sums of the day''s facts by service and model, currency and unit',
    ADD COLUMN IF NOT EXISTS by_model.measured_facts Array(UInt64)
        MATERIALIZED arrayReduceInRanges('sum', ranges_by_model,
            arraySort((value, place) -> place, arrayMap(each -> toUInt64(each IS NOT NULL), items.quantity), places_by_model))
        COMMENT 'Sums of the day''s facts by service and model, currency and unit'
