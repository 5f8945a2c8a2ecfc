#!/usr/bin/env bash
# Runs the benchmarks once, and writes their medians and ratios into README.md.
# It takes some two minutes; let the machine do nothing else meanwhile.
set -euo pipefail
cd "$(dirname "$0")"

measured=$(mktemp)
trap 'rm -f "$measured"' EXIT
go test -run '^$' -bench '^Benchmark(Evaluate|Growth|Why)$' -count 6 . | tee "$measured"
go test -run '^$' -bench '^BenchmarkParallel$' -cpu 1,2 -count 6 . | tee -a "$measured"
go run ./cmd/table <"$measured"
