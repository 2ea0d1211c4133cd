//! Marking: the throughput is in responses (elements) a second.

mod text;

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput};
use tierwise_engine::bank::Bank;
use tierwise_engine::fraction::Fraction;
use tierwise_engine::marking::mark;
use tierwise_engine::paper::{Seed, exam};
use tierwise_engine::question::Response;
use tierwise_engine::result::result;
use tierwise_engine::script::Script;
use tierwise_engine::sitting::{Event, ExtraTime, Mode, Terms, What};

/// A response as candidates give them, to the question with this number: some right, some in part, some wrong.
fn response(number: usize) -> Response {
    let parts: &[&str] = match (number % 4, number / 4 % 3) {
        (0, 0) => &["b"],
        (0, _) => &["c"],
        (1, 0) => &["a", "b"],
        (1, 1) => &["a", "c", "d"],
        (1, _) => &[],
        (2, 0) => &["0,52"],
        (2, _) => &["512"],
        (_, 0) => &[" qido-rs "],
        _ => &["WADO-RS"],
    };
    Response(parts.iter().map(|&part| part.to_owned()).collect())
}

/// A script of 60 responses with the events that come with them.
fn script(banks: &[Bank], seed: u64) -> Script {
    let course = text::course();
    let terms = Terms {
        mode: Mode::Exam,
        minutes: 75,
        extra_time: ExtraTime::None,
        may_go_back: true,
        may_pause: false,
        confidence: false,
    };
    let paper = Seed::new(seed).and_then(|seed| exam(&course, banks, seed).ok());
    let paper = paper.unwrap_or_else(|| unreachable!("the banks are large enough"));
    let mut script = Script::begin(seed.to_string(), &course, banks, paper, terms, 0, None);
    let mut at = 0;
    for item in &script.items {
        let number = item.question[2..].parse().unwrap_or(0);
        let question = item.question.clone();
        let answer = What::Answer {
            question: question.clone(),
            response: response(number),
        };
        for what in [What::See { question }, answer] {
            at += 1_000;
            script.events.push(Event { at, what });
        }
    }
    script.events.push(Event {
        at: at + 1_000,
        what: What::HandIn,
    });
    script
}

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(30)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    let mut group = criterion.benchmark_group("mark");

    let bank = text::bank(10_000);
    let responses: Vec<Response> = (0..bank.len()).map(response).collect();
    group.throughput(Throughput::Elements(responses.len() as u64));
    group.bench_function("responses", |bencher| {
        bencher.iter(|| -> Fraction {
            let marks = bank.questions().zip(&responses);
            marks
                .map(|(question, response)| question.mark(black_box(response)))
                .sum()
        });
    });

    group.throughput(Throughput::Elements(60));
    for questions in [200, 2_000, 10_000] {
        let banks = [text::bank(questions)];
        let script = script(&banks, 1);
        group.bench_function(BenchmarkId::new("script-of-60", questions), |bencher| {
            bencher.iter(|| mark(black_box(&script), &banks));
        });
    }

    let banks = [text::bank(2_000)];
    let json = script(&banks, 1).write();
    group.bench_function("script-of-60-from-json-to-result", |bencher| {
        bencher.iter(|| {
            let script = Script::read(black_box(&json));
            let marked = script.ok().and_then(|script| mark(&script, &banks).ok());
            assert!(marked.is_some());
            marked.map(|marked| result(&marked, 60))
        });
    });
    group.finish();
    criterion.final_summary();
}
