//! What holds for the profile of any history.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use tierwise_engine::profile::{Answer, Area, DAY, Profile, Summary};
use tierwise_engine::result::Verdict;
use tierwise_engine::sitting::{ExtraTime, Mode};

fn any_time() -> impl Strategy<Value = u64> {
    prop_oneof![
        4 => 1_790_000_000_000..1_900_000_000_000_u64,
        1 => Just(0),
        1 => any::<u64>(),
    ]
}

prop_compose! {
    fn any_answer()(
        question in 0..12_u32, got in any::<u8>(), sure in 0..4_u8, topic in 0..4_u8, tier in 0..6_u8, facet in 0..3_u8, difficulty in 1..4_u8,
    ) -> Answer {
        Answer { question: format!("q-{question}"), got, sure, topic, tier, facet, difficulty }
    }
}

prop_compose! {
    fn any_summary()(
        course in 0..3_usize,
        exam in any::<bool>(),
        times in (any_time(), any_time()),
        percent in any::<u32>(),
        verdict in prop::sample::select(&Verdict::ALL[..]),
        extra_time in prop::sample::select(&ExtraTime::ALL[..]),
        answers in prop::collection::vec(any_answer(), 0..12),
    ) -> Summary {
        Summary {
            course: ["level-1", "level-2", "gdpr"][course].to_owned(),
            id: String::new(),
            mode: if exam { Mode::Exam } else { Mode::Practice },
            extra_time,
            started: times.0,
            ended: times.1,
            percent,
            verdict,
            earned: "1 1/2".to_owned(),
            full: "3".to_owned(),
            detailed: true,
            topics: ["hl7/pid", "hl7", "dicom", ""].map(str::to_owned).to_vec(),
            facets: ["it", "legal", ""].map(str::to_owned).to_vec(),
            answers,
        }
    }
}

/// Any history; its ids are all different, as those of a device are.
fn any_history() -> impl Strategy<Value = Vec<Summary>> {
    prop::collection::vec(any_summary(), 0..12).prop_map(|mut history| {
        for (number, sitting) in history.iter_mut().enumerate() {
            sitting.id = number.to_string();
        }
        history
    })
}

fn is_share(value: f64) -> bool {
    (0.0..=1.0).contains(&value)
}

fn look_at(area: &Area, now: u64) {
    assert!(
        is_share(area.shown) && is_share(area.memory) && is_share(area.known()),
        "{area:?}"
    );
    // One in many millions for what floats round.
    assert!(
        area.low <= area.shown + 1e-9 && area.shown <= area.high + 1e-9,
        "{area:?}"
    );
    assert!(is_share(area.low) && is_share(area.high));
    assert!(area.due <= area.questions);
    assert!(area.questions == 0 || area.sittings > 0);
    if let (Some(fades), Some(stale)) = (area.fades, area.stale) {
        assert!(area.last <= fades && fades <= stale, "{area:?}");
        assert!(stale <= area.last.saturating_add(730 * DAY));
    }
    assert_eq!(area.fades.is_some(), area.shown > 0.0);
    assert!(!area.level().words().is_empty());
    let _ = area.freshness(now);
}

proptest! {
    #[test]
    fn any_history_has_a_profile(history in any_history(), now in any_time()) {
        let profile = Profile::new(&history, now);
        for known in &profile.questions {
            prop_assert!(is_share(known.recall), "{:?}", known);
            prop_assert!((1.0..=10.0).contains(&known.memory.difficulty), "{:?}", known);
            prop_assert!((0.001..=36_500.0).contains(&known.memory.stability), "{:?}", known);
            prop_assert!(known.due > known.last || known.last == u64::MAX, "{:?}", known);
            prop_assert!(known.times > 0);
        }
        look_at(&profile.whole, now);
        let mut by_course = 0;
        for course in &profile.courses {
            look_at(&course.area, now);
            by_course += course.area.questions;
            let _ = (course.best(), course.trend());
            prop_assert!(profile.wrong(&course.course).len() <= course.area.questions);
            prop_assert_eq!(profile.reviews(&course.course).len(), course.area.questions);
        }
        prop_assert_eq!(by_course, profile.questions.len());
        let by_topic: usize = profile.topics.iter().map(|(_, area)| area.questions).sum();
        prop_assert_eq!(by_topic, profile.questions.len());
        for (_, area) in &profile.topics {
            look_at(area, now);
        }
        for (.., area) in &profile.cells {
            look_at(area, now);
        }
        let mut next = profile.next_topics();
        next.sort_unstable();
        prop_assert!((0..profile.topics.len()).eq(next));
    }

    #[test]
    fn one_history_has_one_profile(
        (history, shuffled) in any_history().prop_flat_map(|history| (Just(history.clone()), Just(history).prop_shuffle())),
        now in any_time(),
    ) {
        prop_assert_eq!(Profile::new(&history, now), Profile::new(&shuffled, now));
    }

    #[test]
    fn any_summary_is_read_as_it_was_written(mut summary in any_summary()) {
        for answer in &mut summary.answers {
            answer.got = answer.got.min(100);
        }
        let read = Summary::read(&summary.course, &summary.write());
        prop_assert_eq!(read, Ok(summary));
    }

    #[test]
    fn any_cut_or_altered_summary_is_read_or_refused(
        summary in any_summary(), at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>(), now in any_time(),
    ) {
        let mut bytes = summary.write().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if cut {
            bytes.truncate(at);
        }
        if let Ok(read) = Summary::read("level-1", &String::from_utf8_lossy(&bytes)) {
            let _ = Profile::new(&[read], now);
        }
    }

    /// As time passes without answers, memory only falls, and what is due stays due.
    #[test]
    fn memory_only_falls(history in any_history(), now in 1_900_000_000_000..2_000_000_000_000_u64, later in 0..1_000_000_000_000_u64) {
        let (before, after) = (Profile::new(&history, now), Profile::new(&history, now + later));
        for (before, after) in before.questions.iter().zip(&after.questions) {
            prop_assert!(after.recall <= before.recall);
            prop_assert_eq!(before.due, after.due);
        }
        prop_assert!(after.whole.memory <= before.whole.memory + 1e-9);
        prop_assert!(after.whole.due >= before.whole.due);
        prop_assert_eq!((before.whole.fades, before.whole.stale), (after.whole.fades, after.whole.stale));
    }
}
