ALTER TABLE deliveries
    ADD COLUMN IF NOT EXISTS accepted Array(String) COMMENT 'Of an e-mail that some addresses refused: a hash of each address that got it then'
