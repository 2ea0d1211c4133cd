use super::*;
use crate::sitting::ExtraTime;

const START: u64 = 1_795_341_600_000;

/// The sitting of a course that ended so many days after the first, with what its questions earned.
fn sitting(course: &str, day: u64, mode: Mode, percent: u32, got: &[(&str, u8)]) -> Summary {
    Summary {
        course: course.to_owned(),
        id: format!("s{day:04}"),
        mode,
        extra_time: ExtraTime::None,
        started: START + day * DAY - 60_000,
        ended: START + day * DAY,
        percent,
        verdict: Verdict::Pass,
        earned: "1".to_owned(),
        full: "2".to_owned(),
        detailed: true,
        topics: vec!["dicom".to_owned(), "hl7".to_owned()],
        facets: vec!["it".to_owned(), "legal".to_owned()],
        answers: got
            .iter()
            .map(|&(question, got)| {
                let hl7 = u8::from(question.starts_with("hl7"));
                Answer {
                    question: question.to_owned(),
                    got,
                    sure: 0,
                    topic: hl7,
                    tier: 2 + hl7,
                    facet: 0,
                    difficulty: 2,
                }
            })
            .collect(),
    }
}

fn practice(day: u64, got: &[(&str, u8)]) -> Summary {
    sitting("level-2", day, Mode::Practice, 50, got)
}

#[test]
fn nothing_is_known_of_no_sitting() {
    let profile = Profile::new(&[], START);
    assert_eq!(profile.whole, Area::default());
    assert_eq!(profile.whole.level(), Level::NotTried);
    assert_eq!(profile.whole.freshness(START), Freshness::Fresh);
    assert_eq!((profile.courses.len(), profile.topics.len()), (0, 0));
    assert_eq!(profile.wrong("level-2"), Vec::<String>::new());
    assert!(profile.course("level-2").is_none() && profile.cell(3, "it").is_none());
}

#[test]
fn the_last_answer_counts_and_fsrs_says_when_it_is_due() {
    let history = [
        practice(0, &[("hl7-1", 0), ("hl7-2", 100), ("dicom-1", 60)]),
        practice(3, &[("hl7-1", 100), ("hl7-2", 100)]),
    ];
    let profile = Profile::new(&history, START + 5 * DAY);
    let ids: Vec<_> = profile
        .questions
        .iter()
        .map(|one| one.id.as_str())
        .collect();
    assert_eq!(ids, ["dicom-1", "hl7-1", "hl7-2"]);
    let [dicom, missed, known] = profile.questions.as_slice() else {
        unreachable!("there are three")
    };
    let memory = Memory::first(Grade::Again).review(3, Grade::Good);
    assert_eq!((missed.memory, missed.got, missed.times), (memory, 100, 2));
    assert_eq!(missed.last, START + 3 * DAY);
    let memory = Memory::first(Grade::Good).review(3, Grade::Good);
    assert_eq!(known.memory, memory);
    assert_eq!(known.due, known.last + memory.interval() * DAY - EARLIER);
    assert!(known.due > profile.now && (known.recall - memory.retrievability(2.0)).abs() < 1e-12);
    // Part of the marks is a pass with difficulty.
    assert_eq!(dicom.memory, Memory::first(Grade::Hard));
    assert_eq!(dicom.due, START + DAY - EARLIER);
    assert_eq!(profile.wrong("level-2"), ["dicom-1"]);
    assert_eq!(profile.wrong("gdpr"), Vec::<String>::new());
    let reviews = profile.reviews("level-2");
    let due: Vec<_> = reviews
        .iter()
        .map(|one| (one.question.as_str(), one.due))
        .collect();
    let missed_is_due = missed.due <= profile.now;
    assert_eq!(
        due,
        [
            ("dicom-1", true),
            ("hl7-1", missed_is_due),
            ("hl7-2", false)
        ]
    );
}

#[test]
fn sixteen_hours_are_a_day() {
    let hours = |hours: u64| {
        let mut later = practice(0, &[("hl7-1", 100)]);
        later.id = "later".to_owned();
        later.ended += hours * DAY / 24;
        let profile = Profile::new(&[practice(0, &[("hl7-1", 100)]), later], START);
        profile.questions[0].memory
    };
    let first = Memory::first(Grade::Good);
    assert_eq!(hours(15), first.review(0, Grade::Good));
    assert_eq!(hours(16), first.review(1, Grade::Good));
    assert_eq!(hours(39), first.review(1, Grade::Good));
}

#[test]
fn less_than_half_is_a_miss_and_sureness_makes_it_easy() {
    let answer = |got, sure| Answer {
        question: String::new(),
        got,
        sure,
        topic: 0,
        tier: 0,
        facet: 0,
        difficulty: 1,
    };
    for (got, sure, wanted) in [
        (0, 0, Grade::Again),
        (49, 3, Grade::Again),
        (50, 0, Grade::Hard),
        (99, 3, Grade::Hard),
        (100, 0, Grade::Good),
        (100, 2, Grade::Good),
        (100, 3, Grade::Easy),
    ] {
        assert_eq!(grade(&answer(got, sure)), wanted, "{got} {sure}");
    }
}

#[test]
fn areas_say_what_is_shown_and_how_surely() {
    let many: Vec<String> = (0..20).map(|n| format!("hl7-{n}")).collect();
    let got: Vec<(&str, u8)> = many.iter().map(|id| (id.as_str(), 100)).collect();
    let once = Profile::new(&[practice(0, &got)], START);
    let area = &once.topics[0].1;
    assert_eq!((area.questions, area.sittings, area.shown), (20, 1, 1.0));
    assert_eq!(area.level(), Level::ShownOnce);
    let twice = Profile::new(
        &[practice(0, &got[..10]), practice(4, &got[10..])],
        START + 4 * DAY,
    );
    assert_eq!(twice.topics[0].1.level(), Level::WellSupported);
    assert_eq!(twice.topics[0].1.sittings, 2);
    let few = Profile::new(
        &[practice(0, &got[..2]), practice(4, &got[2..3])],
        START + 4 * DAY,
    );
    assert_eq!(few.topics[0].1.level(), Level::Shown);
    let half = [("hl7-1", 100), ("hl7-2", 0)];
    let half = Profile::new(&[practice(0, &half)], START);
    let area = &half.topics[0].1;
    assert_eq!((area.level(), area.shown), (Level::NotShown, 0.5));
    assert!(area.low < 0.5 && area.high > 0.5);
    assert_eq!(Level::WellSupported.words(), "shown, well supported");
}

#[test]
fn what_was_shown_fades_and_goes_stale() {
    let history = [practice(0, &[("hl7-1", 100), ("hl7-2", 0)])];
    let at = |day: u64| {
        Profile::new(&history, START + day * DAY).topics[0]
            .1
            .clone()
    };
    let area = at(0);
    assert!((area.memory - 1.0).abs() < 1e-9 && (area.known() - 0.5).abs() < 1e-9);
    // Of a question answered once, 0.9 is left after 2.3 days, so the third is the first day below; the missed one has nothing to fade.
    assert_eq!(area.fades, Some(START + 3 * DAY));
    assert_eq!(area.due, 0);
    assert_eq!(area.next_due, Some(START + DAY - EARLIER));
    let stale = area.stale.expect("it was shown");
    let memory = Memory::first(Grade::Good);
    let days = (stale - START) / DAY;
    assert!(memory.retrievability(days as f64) < 0.7);
    assert!(memory.retrievability(days as f64 - 1.0) >= 0.7);
    for (day, wanted) in [
        (2, Freshness::Fresh),
        (3, Freshness::Fading),
        (days, Freshness::Stale),
    ] {
        assert_eq!(at(day).freshness(START + day * DAY), wanted, "{day}");
    }
    assert_eq!((at(3).due, at(3).questions), (2, 2));
    // Both dates are those of the day before too: time passes, they stay.
    assert_eq!((at(40).fades, at(40).stale), (area.fades, area.stale));
    let nothing = Profile::new(&[practice(0, &[("hl7-2", 0)])], START);
    let area = &nothing.topics[0].1;
    assert_eq!((area.memory, area.fades, area.stale), (0.0, None, None));
}

#[test]
fn after_two_years_the_field_has_moved() {
    // Answered well so often that memory alone would hold for decades.
    let history: Vec<_> = [0, 9, 80, 600, 2000]
        .map(|day| practice(day, &[("hl7-1", 100)]))
        .into();
    let profile = Profile::new(&history, START + 2100 * DAY);
    let known = &profile.questions[0];
    assert!(known.memory.interval() > 730);
    assert_eq!(known.due, START + (2000 + 730) * DAY - EARLIER);
    assert_eq!(profile.whole.stale, Some(START + (2000 + 730) * DAY));
    assert_eq!(profile.whole.freshness(profile.now), Freshness::Fresh);
}

#[test]
fn courses_have_their_exams_and_where_they_go() {
    let exam = |day, percent| sitting("level-1", day, Mode::Exam, percent, &[]);
    let mut old = exam(4, 90);
    old.detailed = false;
    let mut history = vec![exam(2, 61), exam(0, 40), practice(1, &[]), old];
    let profile = Profile::new(&history, START + 9 * DAY);
    let course = profile.course("level-1").expect("it was sat");
    let percents: Vec<_> = course.exams.iter().map(|exam| exam.percent).collect();
    assert_eq!(percents, [40, 61, 90]);
    assert_eq!(course.latest().map(|exam| exam.percent), Some(90));
    assert_eq!(course.best().map(|exam| exam.id.as_str()), Some("s0004"));
    assert_eq!((course.practices, course.without_detail), (0, 1));
    assert_eq!(course.trend(), Some(Trend::Rising));
    assert_eq!(
        profile.course("level-2").map(|course| course.practices),
        Some(1)
    );
    history.push(exam(5, 66));
    let trend = |history: &[Summary]| {
        let profile = Profile::new(history, START);
        profile.course("level-1").and_then(CourseRecord::trend)
    };
    // The mean of 40, 61 and 90 is 63.7.
    assert_eq!(trend(&history), Some(Trend::Steady));
    history.push(exam(6, 60));
    assert_eq!(trend(&history), Some(Trend::Falling));
    assert_eq!(trend(&history[..1]), None);
}

#[test]
fn the_map_has_a_cell_for_each_tier_and_facet() {
    let mut history = [practice(
        0,
        &[("hl7-1", 100), ("dicom-1", 0), ("dicom-2", 100)],
    )];
    history[0].answers[0].facet = 1;
    history[0].answers[2].tier = 0;
    let profile = Profile::new(&history, START);
    let cells: Vec<_> = profile
        .cells
        .iter()
        .map(|(tier, facet, _)| (*tier, facet.as_str()))
        .collect();
    assert_eq!(cells, [(2, "it"), (3, "legal")]);
    assert_eq!(profile.cell(2, "it").map(|area| area.shown), Some(0.0));
    assert_eq!(
        profile.cell(3, "legal").map(Area::level),
        Some(Level::ShownOnce)
    );
    let tiers: Vec<_> = profile
        .tiers
        .iter()
        .map(|(tier, area)| (*tier, area.questions))
        .collect();
    assert_eq!(tiers, [(2, 1), (3, 1)]);
    let topics: Vec<_> = profile
        .topics
        .iter()
        .map(|(topic, area)| (topic.as_str(), area.questions))
        .collect();
    assert_eq!(topics, [("dicom", 2), ("hl7", 1)]);
    assert_eq!(profile.whole.questions, 3);
    // Half of DICOM is not enough, HL7 is.
    assert_eq!(profile.next_topics(), [0, 1]);
}

#[test]
fn a_record_is_read_as_it_was_written() {
    let mut summary = practice(0, &[("hl7-1", 100), ("dicom-1", 33)]);
    summary.extra_time = ExtraTime::Quarter;
    let text = summary.write();
    assert_eq!(
        text,
        concat!(
            r#"{"tierwise":1,"id":"s0000","mode":"Practice","extra_time":"1.25","started":1795341540000,"ended":1795341600000,"#,
            r#""percent":50,"verdict":"Pass","earned":"1","full":"2","topics":["dicom","hl7"],"facets":["it","legal"],"#,
            r#""ids":["hl7-1","dicom-1"],"got":[100,33],"topic":[1,0],"tier":[3,2],"facet":[0,0],"difficulty":[2,2]}"#,
        )
    );
    assert_eq!(Summary::read("level-2", &text), Ok(summary.clone()));
    summary.answers[1].sure = 2;
    let text = summary.write();
    assert!(text.contains(r#""sure":[0,2]"#));
    assert_eq!(Summary::read("level-2", &text), Ok(summary));
    for (from, to) in [
        ("\"tierwise\":1", "\"tierwise\":2"),
        ("[100,33]", "[100,33,0]"),
        ("[100,33]", "[100,101]"),
        ("[0,2]", "[0]"),
        ("[0,2]", "[0,4]"),
        ("\"topic\":[1,0]", "\"topic\":[2,0]"),
        ("\"tier\":[3,2]", "\"tier\":[3,6]"),
        ("\"facet\":[0,0]", "\"facet\":[0,2]"),
        ("\"difficulty\":[2,2]", "\"difficulty\":[2,4]"),
        ("Practice", "practice"),
        ("Pass", "Passed"),
        ("1.25", "1.2"),
        ("\"ended\"", "\"end\""),
    ] {
        let altered = text.replace(from, to);
        assert_ne!(altered, text);
        assert!(Summary::read("level-2", &altered).is_err(), "{from} {to}");
    }
}

#[test]
fn a_record_of_an_older_release_says_what_the_sitting_came_to() {
    let text = r#"{"id": "mwro18g0", "mode": "Exam", "started": 1795341600000, "percent": 43, "verdict": "Borderline fail"}"#;
    let summary = Summary::read("level-2", text).expect("it can be read");
    assert_eq!((summary.detailed, summary.answers.len()), (false, 0));
    assert_eq!((summary.ended, summary.percent), (summary.started, 43));
    let profile = Profile::new(&[summary], START);
    let course = profile.course("level-2").expect("it was sat");
    assert_eq!(
        course.latest().map(|exam| exam.verdict),
        Some(Verdict::BorderlineFail)
    );
    assert_eq!(course.without_detail, 1);
    assert_eq!(profile.whole.level(), Level::NotTried);
}

#[test]
fn a_summary_holds_what_a_sitting_shows_and_nothing_else() {
    use crate::bank::Bank;
    use crate::fixtures::{bank, course, single};
    use crate::marking::mark;
    use crate::paper::{Item, Paper, Seed};
    use crate::question::Response;
    use crate::result::result;
    use crate::script::Script;
    use crate::sitting::{Certainty, Event, Marker, Terms, What};

    let essay = "## e-1 · Plan\n`essay` `marks:3` `topic:plan`\n\nPlan.\n\n| Criterion | Marks |\n| --- | --- |\n| First | 2 |\n| Second | 1 |\n\n\
        > [!TIP]\n> So.\n\n> [!NOTE]\n> Because.[^s]\n\n";
    let several = "## m-1 · Which\n`multiple` `marks:2` `rule:each-option`\n\nWhich?\n\n- [x] A\n- [x] B\n- [ ] C\n\n> [!NOTE]\n> So.[^s]\n\n";
    let body = single("s-1", "`tier:3` `facet:legal`")
        + &single("s-2", "`tier:3` `facet:legal`")
        + essay
        + several;
    let banks: Vec<Bank> = vec![bank("a.md", &body)];
    let script = |mode| {
        let items = ["s-1", "s-2", "e-1", "m-1"].map(|question| Item {
            bank: 0,
            question: question.to_owned(),
            order: String::new(),
        });
        let paper = Paper {
            seed: Seed::new(0).expect("small"),
            items: items.to_vec(),
        };
        let terms = Terms {
            mode,
            minutes: 10,
            extra_time: ExtraTime::Half,
            may_go_back: true,
            may_pause: false,
            confidence: true,
        };
        let course = course("| a.md | | 0 | 1 | 0 | |\n");
        let mut script = Script::begin("x".to_owned(), &course, &banks, paper, terms, START, None);
        for (at, question, response) in [(1, "s-1", "b"), (2, "e-1", "Text"), (3, "m-1", "a")] {
            let what = What::Answer {
                question: question.to_owned(),
                response: Response::one(response),
            };
            script.events.push(Event { at, what });
        }
        let sure = What::Confidence {
            question: "m-1".to_owned(),
            level: Certainty::High,
        };
        script.events.push(Event { at: 4, what: sure });
        script.events.push(Event {
            at: 9,
            what: What::HandIn,
        });
        script
    };
    let summary = |script: &Script| {
        let marked = mark(script, &banks).expect("sound");
        Summary::of(script, 9, &marked, &result(&marked, 60))
    };
    let got = |summary: &Summary| -> Vec<(String, u8)> {
        let answers = summary.answers.iter();
        answers
            .map(|answer| (answer.question.clone(), answer.got))
            .collect()
    };
    let pairs = |all: &[(&str, u8)]| -> Vec<(String, u8)> {
        all.iter().map(|&(id, got)| (id.to_owned(), got)).collect()
    };
    let exam = summary(&script(Mode::Exam));
    assert_eq!((exam.ended, exam.verdict), (START + 9, Verdict::Open));
    assert_eq!(
        (exam.earned.as_str(), exam.full.as_str(), exam.percent),
        ("2 1/3", "7", 33)
    );
    assert_eq!(
        (exam.answers[0].tier, exam.facets[0].as_str()),
        (3, "legal")
    );
    // What an exam was handed in without earned nothing; the essay waits for whoever marks it.
    assert_eq!(got(&exam), pairs(&[("s-1", 100), ("s-2", 0), ("m-1", 67)]));
    let sure = exam.answers.iter();
    assert_eq!(
        sure.map(|answer| answer.sure).collect::<Vec<_>>(),
        [0, 0, 3]
    );
    assert_eq!(Summary::read("test", &exam.write()), Ok(exam));
    // A practice that was left says nothing of what it did not come to.
    let mut left = script(Mode::Practice);
    assert_eq!(got(&summary(&left)), pairs(&[("s-1", 100), ("m-1", 67)]));
    let what = What::Award {
        question: "e-1".to_owned(),
        marks: vec![1, 0],
        by: Marker::Candidate,
    };
    left.events.push(Event { at: 10, what });
    assert_eq!(
        got(&summary(&left)),
        pairs(&[("s-1", 100), ("e-1", 33), ("m-1", 67)])
    );
}
