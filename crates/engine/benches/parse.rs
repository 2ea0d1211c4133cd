//! Reading a bank, against the time that pulldown-cmark takes to walk the same text's events and drop them.

mod text;

use std::hint::black_box;
use std::time::Duration;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput};
use tierwise_engine::bank;

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    let mut group = criterion.benchmark_group("parse");
    for questions in [20, 2_000, 10_000] {
        let text = text::bank_text(questions);
        // A text with faults would measure something else.
        assert_eq!(text::bank(questions).len(), questions);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(
            BenchmarkId::new("walk-only", questions),
            &text,
            |bencher, text| {
                bencher.iter(|| bank::walk_only(black_box(text)));
            },
        );
        group.bench_with_input(
            BenchmarkId::new("read", questions),
            &text,
            |bencher, text| {
                bencher.iter_batched(
                    || text.clone().into_bytes(),
                    |bytes| bank::read("bank.md", bytes),
                    BatchSize::PerIteration,
                );
            },
        );
    }
    group.finish();
    criterion.final_summary();
}
