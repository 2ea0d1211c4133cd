//! What is known, of a long history: 500 sittings of 40 questions each.

use std::hint::black_box;
use std::time::Duration;

use criterion::Criterion;
use tierwise_engine::profile::{Answer, DAY, Profile, Summary};
use tierwise_engine::result::Verdict;
use tierwise_engine::sitting::{ExtraTime, Mode};

const COURSES: [&str; 7] = [
    "crisis",
    "gdpr",
    "ihe-xds",
    "level-1",
    "level-2",
    "level-3",
    "pacs-migration",
];
const FACETS: [&str; 5] = ["it", "clinical", "legal", "case", "analysis"];

/// The sitting of this number: 40 of the 120 questions of its course, of six topics.
fn sitting(number: usize) -> Summary {
    let course = number % COURSES.len();
    let answers = (0..40).map(|at| Answer {
        question: format!("{}-{:03}", COURSES[course], (at + number * 7) % 120),
        got: [100, 100, 0, 67, 100][(at * number) % 5],
        sure: 0,
        topic: (at % 6) as u8,
        tier: (at % 4) as u8 + 1,
        facet: (at % 5) as u8,
        difficulty: (at % 3) as u8 + 1,
    });
    let ended = 1_700_000_000_000 + number as u64 * DAY;
    Summary {
        course: COURSES[course].to_owned(),
        id: format!("m{number:07}"),
        mode: [Mode::Exam, Mode::Practice][number % 2],
        extra_time: ExtraTime::None,
        started: ended - 3_600_000,
        ended,
        percent: 70,
        verdict: Verdict::Pass,
        earned: "28".to_owned(),
        full: "40".to_owned(),
        detailed: true,
        topics: (0..6)
            .map(|topic| format!("{}/topic-{topic}", COURSES[course]))
            .collect(),
        facets: FACETS.map(str::to_owned).to_vec(),
        answers: answers.collect(),
    }
}

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    let mut group = criterion.benchmark_group("profile");
    let history: Vec<Summary> = (0..500).map(sitting).collect();
    let now = 1_700_000_000_000 + 501 * DAY;
    group.bench_function("of-500-sittings", |bencher| {
        bencher.iter(|| Profile::new(black_box(&history), now));
    });
    let records: Vec<_> = history
        .iter()
        .map(|one| (one.course.clone(), one.write()))
        .collect();
    group.bench_function("of-500-sittings-from-json", |bencher| {
        bencher.iter(|| {
            let read = |(course, text): &(String, String)| Summary::read(course, text).ok();
            let history: Vec<Summary> = black_box(&records).iter().filter_map(read).collect();
            assert_eq!(history.len(), 500);
            Profile::new(&history, now)
        });
    });
    group.finish();
    criterion.final_summary();
}
