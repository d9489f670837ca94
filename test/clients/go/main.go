// The queries of clients.ts through clickhouse-go over HTTP, which Grafana's plugin uses, with each compression.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/shopspring/decimal"
)

func must[T any](value T, err error) T {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return value
}

func main() {
	ctx := context.Background()
	for _, method := range []clickhouse.CompressionMethod{
		clickhouse.CompressionNone, clickhouse.CompressionLZ4, clickhouse.CompressionZSTD, clickhouse.CompressionGZIP,
	} {
		conn := must(clickhouse.Open(&clickhouse.Options{
			Protocol:    clickhouse.HTTP,
			Addr:        []string{os.Getenv("CLICKHOUSE_HOST") + ":" + os.Getenv("CLICKHOUSE_PORT")},
			Auth:        clickhouse.Auth{Username: os.Getenv("CLICKHOUSE_USER"), Password: os.Getenv("CLICKHOUSE_PASSWORD")},
			Compression: &clickhouse.Compression{Method: method},
		}))
		rows := must(conn.Query(ctx, os.Getenv("COSTS_BY_PROJECT")))
		costs := map[string]string{}
		for rows.Next() {
			var project string
			var amount decimal.Decimal
			must(0, rows.Scan(&project, &amount))
			costs[project] = amount.String()
		}
		must(0, rows.Err())

		must(0, conn.Exec(ctx, "CREATE OR REPLACE TABLE analytics.from_go (n UInt32, s Nullable(String)) ORDER BY n"))
		batch := must(conn.PrepareBatch(ctx, "INSERT INTO analytics.from_go"))
		for n := uint32(0); n < 1000; n++ {
			must(0, batch.Append(n, nil))
		}
		must(0, batch.Send())
		var written uint64
		must(0, conn.QueryRow(ctx, "SELECT count() FROM analytics.from_go").Scan(&written))
		must(0, json.NewEncoder(os.Stdout).Encode(map[string]any{"costs": costs, "written": written}))
	}
}
