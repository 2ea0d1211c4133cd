//! Drawing papers.

mod text;

use std::time::Duration;

use criterion::{BenchmarkId, Criterion};
use tierwise_engine::paper::{Order, Seed, Selection, exam, practice};

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(2))
        .configure_from_args();
    let mut group = criterion.benchmark_group("paper");
    let course = text::course();
    for questions in [200, 2_000, 10_000] {
        let banks = [text::bank(questions)];
        let mut seeds = (0_u64..).map_while(Seed::new);
        let mut seed = || {
            seeds
                .next()
                .unwrap_or_else(|| unreachable!("2⁵³ papers take longer"))
        };
        group.bench_function(BenchmarkId::new("exam-of-60", questions), |bencher| {
            bencher.iter(|| {
                let paper = exam(&course, &banks, seed());
                assert!(paper.is_ok());
                paper
            });
        });
        let selection = Selection {
            topics: &["dicom".to_owned()],
            number: 20,
            order: Order::Any,
        };
        group.bench_function(BenchmarkId::new("practice-of-20", questions), |bencher| {
            bencher.iter(|| practice(&banks, &selection, seed()));
        });
        group.bench_function(BenchmarkId::new("check-course", questions), |bencher| {
            bencher.iter(|| course.check(&banks));
        });
    }
    group.finish();
    criterion.final_summary();
}
