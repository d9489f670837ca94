ALTER TABLE audit_events
    COMMENT COLUMN at 'When the action began',
    COMMENT COLUMN event_id 'Id of the event; of several rows with the same id and time, the last one counts',
    COMMENT COLUMN status 'The status of the response; 0 while there is none',
    COMMENT COLUMN outcome 'begun, succeeded, or the code of the problem in the response: below status 500 nothing was changed then'
