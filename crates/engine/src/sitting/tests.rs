use super::*;

const MINUTE: u64 = 60_000;

fn terms() -> Terms {
    Terms {
        mode: Mode::Exam,
        minutes: 10,
        extra_time: ExtraTime::None,
        may_go_back: true,
        may_pause: true,
        confidence: false,
    }
}

fn practice() -> Terms {
    Terms {
        mode: Mode::Practice,
        ..terms()
    }
}

/// A sitting of the questions `c`, `a` and `b`, in this order.
fn sitting(terms: Terms) -> Sitting {
    Sitting::new(terms, ["c", "a", "b"].map(str::to_owned).to_vec())
}

fn see(question: &str) -> What {
    What::See {
        question: question.to_owned(),
    }
}

fn answer(question: &str, letter: &str) -> What {
    What::Answer {
        question: question.to_owned(),
        response: Response::one(letter),
    }
}

fn clear(question: &str) -> What {
    What::Clear {
        question: question.to_owned(),
    }
}

fn feedback(question: &str) -> What {
    What::Feedback {
        question: question.to_owned(),
    }
}

/// Applies events that must be taken.
fn take(sitting: &mut Sitting, events: impl IntoIterator<Item = (u64, What)>) {
    for (at, what) in events {
        let event = Event { at, what };
        assert_eq!(sitting.apply(&event), Ok(()), "{event:?}");
    }
}

/// Applies an event that must be refused, and sees that it changes nothing.
fn refuse(sitting: &mut Sitting, at: u64, what: What) -> Refused {
    let before = sitting.clone();
    let why = sitting
        .apply(&Event { at, what })
        .expect_err("it must be refused");
    assert_eq!(*sitting, before);
    why
}

#[test]
fn questions_keep_their_places() {
    let sitting = sitting(terms());
    assert_eq!(
        ["c", "a", "b", "d"].map(|id| sitting.position(id)),
        [Some(0), Some(1), Some(2), None]
    );
    assert_eq!(
        (sitting.question(1), sitting.question(3)),
        (Some("a"), None)
    );
    assert_eq!(
        (sitting.len(), sitting.is_empty(), sitting.current()),
        (3, false, 0)
    );
    assert!(!sitting.seen(0) && !sitting.seen(9));
}

#[test]
fn answers_replace_each_other_and_are_taken_back() {
    let mut sitting = sitting(terms());
    take(
        &mut sitting,
        [
            (1, see("c")),
            (2, answer("c", "a")),
            (3, answer("c", "b")),
            (3, answer("b", "a")),
        ],
    );
    assert_eq!(sitting.response(0), Some(&Response::one("b")));
    assert_eq!(sitting.unanswered().collect::<Vec<_>>(), [1]);
    assert_eq!([0, 1, 2].map(|n| sitting.seen(n)), [true, false, true]);
    take(&mut sitting, [(4, clear("c"))]);
    assert_eq!(sitting.response(0), None);
    assert_eq!(sitting.unanswered().collect::<Vec<_>>(), [0, 1]);
    assert_eq!(sitting.last_at(), 4);
}

#[test]
fn an_empty_response_is_an_answer() {
    let mut sitting = sitting(terms());
    let nothing = What::Answer {
        question: "a".to_owned(),
        response: Response::default(),
    };
    take(&mut sitting, [(1, nothing)]);
    assert_eq!(sitting.response(1), Some(&Response::default()));
    assert_eq!(sitting.unanswered().collect::<Vec<_>>(), [0, 2]);
}

#[test]
fn flags() {
    let mut sitting = sitting(terms());
    let flag = |question: &str| What::Flag {
        question: question.to_owned(),
    };
    take(&mut sitting, [(1, flag("a")), (2, flag("b"))]);
    assert_eq!([0, 1, 2].map(|n| sitting.flagged(n)), [false, true, true]);
    let unflag = What::Unflag {
        question: "a".to_owned(),
    };
    take(&mut sitting, [(3, unflag)]);
    assert_eq!([0, 1, 2].map(|n| sitting.flagged(n)), [false, false, true]);
}

#[test]
fn time_never_runs_backwards() {
    let mut sitting = sitting(terms());
    take(&mut sitting, [(500, see("c")), (500, see("a"))]);
    assert_eq!(refuse(&mut sitting, 499, see("b")), Refused::OutOfOrder);
    assert_eq!(refuse(&mut sitting, 0, What::HandIn), Refused::OutOfOrder);
}

#[test]
fn a_question_that_the_paper_does_not_have() {
    let mut sitting = sitting(terms());
    for what in [see("x"), answer("x", "a"), clear(""), feedback("x")] {
        assert_eq!(refuse(&mut sitting, 1, what), Refused::NoSuchQuestion);
    }
}

#[test]
fn going_back_is_refused_where_the_course_says_so() {
    let mut forward = sitting(Terms {
        may_go_back: false,
        ..terms()
    });
    take(
        &mut forward,
        [
            (1, see("c")),
            (2, see("a")),
            (3, see("a")),
            (4, answer("a", "b")),
        ],
    );
    assert_eq!(refuse(&mut forward, 5, see("c")), Refused::NoGoingBack);
    assert_eq!(
        refuse(&mut forward, 5, answer("c", "a")),
        Refused::NoGoingBack
    );
    assert_eq!(refuse(&mut forward, 5, clear("c")), Refused::NoGoingBack);
    take(&mut forward, [(6, see("b"))]);
    assert_eq!(forward.current(), 2);

    let mut free = sitting(terms());
    take(&mut free, [(1, see("b")), (2, see("c"))]);
    assert_eq!(free.current(), 0);
}

#[test]
fn nothing_comes_after_the_end() {
    let mut sitting = sitting(terms());
    take(&mut sitting, [(5, answer("a", "a")), (7, What::HandIn)]);
    assert_eq!(sitting.ended(), Some(End::HandedIn { at: 7 }));
    let after = [
        see("a"),
        answer("a", "b"),
        What::HandIn,
        What::TimeOut,
        What::Leave,
        What::Pause,
    ];
    for what in after {
        assert_eq!(refuse(&mut sitting, 8, what), Refused::Ended);
    }
    assert_eq!(sitting.time_used(9_999), 7);
}

#[test]
fn feedback_is_for_practice_and_fixes_the_answer() {
    let mut exam = sitting(terms());
    take(&mut exam, [(1, answer("a", "a"))]);
    assert_eq!(refuse(&mut exam, 2, feedback("a")), Refused::NoFeedback);

    let mut practice = sitting(practice());
    assert_eq!(
        refuse(&mut practice, 1, feedback("a")),
        Refused::NotAnswered
    );
    take(&mut practice, [(1, answer("a", "a")), (2, feedback("a"))]);
    assert!(practice.feedback_given(1) && !practice.feedback_given(0));
    assert_eq!(
        refuse(&mut practice, 3, answer("a", "b")),
        Refused::FeedbackGiven
    );
    assert_eq!(refuse(&mut practice, 3, clear("a")), Refused::FeedbackGiven);
    assert_eq!(
        refuse(&mut practice, 3, feedback("a")),
        Refused::FeedbackGiven
    );
    take(&mut practice, [(4, see("a")), (5, answer("b", "b"))]);
    assert_eq!(practice.response(1), Some(&Response::one("a")));
}

#[test]
fn extra_time_lengthens_the_time_allowed() {
    let allowed = |minutes, extra_time| {
        let terms = Terms {
            minutes,
            extra_time,
            ..terms()
        };
        terms.time_allowed()
    };
    assert_eq!(allowed(10, ExtraTime::None), Some(600_000));
    assert_eq!(allowed(10, ExtraTime::Quarter), Some(750_000));
    assert_eq!(allowed(10, ExtraTime::Half), Some(900_000));
    assert_eq!(allowed(10, ExtraTime::Double), Some(1_200_000));
    assert_eq!(allowed(10, ExtraTime::Untimed), None);
    assert_eq!(allowed(75, ExtraTime::Quarter), Some(93 * MINUTE + 45_000));
    assert_eq!(
        allowed(u32::MAX, ExtraTime::Double),
        Some(515_396_075_400_000)
    );
    assert_eq!(practice().time_allowed(), None);
}

#[test]
fn the_last_millisecond_counts_and_the_next_does_not() {
    for (extra_time, deadline) in [
        (ExtraTime::None, 600_000),
        (ExtraTime::Quarter, 750_000),
        (ExtraTime::Half, 900_000),
        (ExtraTime::Double, 1_200_000),
    ] {
        let mut sitting = sitting(Terms {
            extra_time,
            ..terms()
        });
        assert_eq!(sitting.time_left(0), Some(deadline));
        assert_eq!(sitting.time_left(deadline - 1), Some(1));
        assert_eq!(
            refuse(&mut sitting, deadline - 1, What::TimeOut),
            Refused::TimeIsNotUp
        );
        take(&mut sitting, [(deadline, answer("a", "a"))]);
        for what in [
            see("b"),
            answer("b", "a"),
            clear("a"),
            What::Pause,
            What::Resume,
        ] {
            assert_eq!(refuse(&mut sitting, deadline + 1, what), Refused::TimeIsUp);
        }
        take(
            &mut sitting,
            [(deadline + 2, What::Leave), (deadline + 3, What::Return)],
        );
        assert_eq!(sitting.time_left(deadline + 3), Some(0));
        take(&mut sitting, [(deadline + 9, What::TimeOut)]);
        assert_eq!(sitting.ended(), Some(End::TimedOut { at: deadline }));
        assert_eq!(sitting.response(1), Some(&Response::one("a")));
    }
}

#[test]
fn handing_in_late_is_running_out_of_time() {
    let mut late = sitting(terms());
    take(&mut late, [(600_001, What::HandIn)]);
    assert_eq!(late.ended(), Some(End::TimedOut { at: 600_000 }));
    assert_eq!(late.ended().map(End::at), Some(600_000));
    let mut in_time = sitting(terms());
    take(&mut in_time, [(600_000, What::HandIn)]);
    assert_eq!(in_time.ended(), Some(End::HandedIn { at: 600_000 }));
    let mut out = sitting(terms());
    take(&mut out, [(600_000, What::TimeOut)]);
    assert_eq!(out.ended(), Some(End::TimedOut { at: 600_000 }));
}

#[test]
fn pauses_do_not_count() {
    let mut sitting = sitting(Terms {
        extra_time: ExtraTime::Quarter,
        ..terms()
    });
    take(&mut sitting, [(2 * MINUTE, What::Pause)]);
    assert!(sitting.is_paused());
    assert_eq!(sitting.time_left(60 * MINUTE), Some(10 * MINUTE + 30_000));
    for what in [see("a"), answer("a", "a"), What::Pause] {
        assert_eq!(refuse(&mut sitting, 3 * MINUTE, what), Refused::Paused);
    }
    assert_eq!(
        refuse(&mut sitting, 60 * MINUTE, What::TimeOut),
        Refused::TimeIsNotUp
    );
    take(
        &mut sitting,
        [
            (4 * MINUTE, What::Leave),
            (30 * MINUTE, What::Return),
            (32 * MINUTE, What::Resume),
        ],
    );
    assert_eq!(
        refuse(&mut sitting, 32 * MINUTE, What::Resume),
        Refused::NotPaused
    );
    take(
        &mut sitting,
        [(33 * MINUTE, What::Pause), (34 * MINUTE, What::Resume)],
    );
    // 31 minutes of pauses, 12.5 allowed.
    let deadline = 43 * MINUTE + 30_000;
    assert_eq!(sitting.time_left(40 * MINUTE), Some(3 * MINUTE + 30_000));
    assert_eq!(sitting.time_used(40 * MINUTE), 9 * MINUTE);
    take(&mut sitting, [(deadline, answer("a", "a"))]);
    assert_eq!(
        refuse(&mut sitting, deadline + 1, answer("a", "b")),
        Refused::TimeIsUp
    );
    take(&mut sitting, [(deadline + 5_000, What::TimeOut)]);
    assert_eq!(sitting.ended(), Some(End::TimedOut { at: deadline }));
    assert_eq!(sitting.time_left(deadline + 5_000), Some(0));
}

#[test]
fn one_can_hand_in_from_a_pause() {
    let mut sitting = sitting(terms());
    take(
        &mut sitting,
        [(MINUTE, What::Pause), (90 * MINUTE, What::HandIn)],
    );
    assert_eq!(sitting.ended(), Some(End::HandedIn { at: 90 * MINUTE }));
    assert_eq!(sitting.time_used(90 * MINUTE), MINUTE);
}

#[test]
fn the_clock_is_stopped_only_where_the_course_says_so() {
    let mut strict = sitting(Terms {
        may_pause: false,
        ..terms()
    });
    assert_eq!(refuse(&mut strict, 1, What::Pause), Refused::MayNotPause);
    assert_eq!(refuse(&mut strict, 1, What::Resume), Refused::NotPaused);
}

#[test]
fn without_a_limit_time_is_never_up() {
    for terms in [
        practice(),
        Terms {
            extra_time: ExtraTime::Untimed,
            ..terms()
        },
    ] {
        let mut sitting = sitting(terms);
        take(&mut sitting, [(u64::MAX - 1, answer("a", "a"))]);
        assert_eq!(sitting.time_left(u64::MAX), None);
        assert_eq!(
            refuse(&mut sitting, u64::MAX, What::TimeOut),
            Refused::TimeIsNotUp
        );
        take(&mut sitting, [(u64::MAX, What::HandIn)]);
        assert_eq!(sitting.ended(), Some(End::HandedIn { at: u64::MAX }));
    }
}

#[test]
fn every_refusal_is_a_sentence() {
    assert_eq!(Refused::TimeIsUp.to_string(), "the time is up");
    assert_eq!(
        Refused::FeedbackGiven.to_string(),
        "feedback has been given, so this answer stands"
    );
}

fn award(question: &str, marks: &[u8], by: Marker) -> What {
    What::Award {
        question: question.to_owned(),
        marks: marks.to_owned(),
        by,
    }
}

#[test]
fn marks_are_given_after_the_end_and_change_nothing_else() {
    let mut sitting = sitting(terms());
    take(&mut sitting, [(5, answer("a", "An essay"))]);
    let own = || award("a", &[1, 2], Marker::Candidate);
    assert_eq!(refuse(&mut sitting, 6, own()), Refused::TooSoonToAward);
    take(&mut sitting, [(MINUTE, What::HandIn)]);
    let missing = award("d", &[1], Marker::Tutor);
    assert_eq!(
        refuse(&mut sitting, 2 * MINUTE, missing),
        Refused::NoSuchQuestion
    );
    let unanswered = award("b", &[1], Marker::Tutor);
    assert_eq!(
        refuse(&mut sitting, 2 * MINUTE, unanswered),
        Refused::NotAnswered
    );
    assert_eq!(refuse(&mut sitting, MINUTE - 1, own()), Refused::OutOfOrder);
    assert_eq!(sitting.award(1), None);

    take(&mut sitting, [(99 * MINUTE, own())]);
    assert_eq!(sitting.award(1), Some((Marker::Candidate, &[1, 2][..])));
    take(
        &mut sitting,
        [(99 * MINUTE, award("a", &[0, 2], Marker::Candidate))],
    );
    assert_eq!(sitting.award(1), Some((Marker::Candidate, &[0, 2][..])));
    take(
        &mut sitting,
        [
            (100 * MINUTE, award("a", &[3, 3], Marker::Tutor)),
            (101 * MINUTE, own()),
        ],
    );
    assert_eq!(sitting.award(1), Some((Marker::Tutor, &[3, 3][..])));
    assert_eq!(sitting.award_by(1, Marker::Candidate), Some(&[1, 2][..]));
    assert_eq!(sitting.ended(), Some(End::HandedIn { at: MINUTE }));
    assert_eq!(sitting.time_used(102 * MINUTE), MINUTE);
    for what in [answer("a", "More"), clear("a"), What::HandIn, see("a")] {
        assert_eq!(refuse(&mut sitting, 103 * MINUTE, what), Refused::Ended);
    }
}

#[test]
fn in_practice_marks_are_given_after_feedback() {
    let mut sitting = sitting(practice());
    take(
        &mut sitting,
        [(1, answer("a", "An essay")), (2, answer("c", "Another"))],
    );
    let own = |question| award(question, &[1], Marker::Candidate);
    assert_eq!(refuse(&mut sitting, 3, own("a")), Refused::TooSoonToAward);
    take(&mut sitting, [(3, feedback("a")), (4, own("a"))]);
    assert_eq!(refuse(&mut sitting, 5, own("c")), Refused::TooSoonToAward);
    // The sitting goes on, and after its end all may be marked.
    take(
        &mut sitting,
        [(6, see("b")), (7, What::HandIn), (8, own("c"))],
    );
    assert_eq!(sitting.award(0), Some((Marker::Candidate, &[1][..])));
}

fn sure(question: &str, level: Certainty) -> What {
    What::Confidence {
        question: question.to_owned(),
        level,
    }
}

#[test]
fn how_sure_one_is_is_taken_only_where_the_course_asks() {
    let mut silent = sitting(terms());
    assert_eq!(
        refuse(&mut silent, 1, sure("a", Certainty::High)),
        Refused::NotAsked
    );
    let asks = |terms| Terms {
        confidence: true,
        ..terms
    };
    let mut sitting = self::sitting(asks(terms()));
    assert_eq!(sitting.certainty(1), None);
    take(
        &mut sitting,
        [
            (1, sure("a", Certainty::High)),
            (2, answer("a", "b")),
            (3, sure("a", Certainty::Low)),
            (4, clear("a")),
        ],
    );
    assert_eq!(sitting.certainty(1), Some(Certainty::Low));
    assert!(sitting.seen(1) && sitting.response(1).is_none());
    assert_eq!(
        refuse(&mut sitting, 5, sure("d", Certainty::Low)),
        Refused::NoSuchQuestion
    );
    assert_eq!(
        refuse(&mut sitting, 10 * MINUTE + 1, sure("a", Certainty::Low)),
        Refused::TimeIsUp
    );

    let mut told = self::sitting(asks(practice()));
    take(&mut told, [(1, answer("a", "b")), (2, feedback("a"))]);
    assert_eq!(
        refuse(&mut told, 3, sure("a", Certainty::High)),
        Refused::FeedbackGiven
    );

    let mut forward = self::sitting(Terms {
        may_go_back: false,
        ..asks(terms())
    });
    take(&mut forward, [(1, see("b"))]);
    assert_eq!(
        refuse(&mut forward, 2, sure("a", Certainty::High)),
        Refused::NoGoingBack
    );
}

#[test]
fn absences_are_counted_and_added_up() {
    let mut sitting = sitting(terms());
    assert_eq!(sitting.absences(5), (0, 0));
    take(&mut sitting, [(1_000, What::Leave)]);
    assert!(sitting.is_away());
    assert_eq!(sitting.absences(4_000), (1, 3_000));
    // A page that was killed while it was hidden is left again before it returns.
    take(&mut sitting, [(5_000, What::Leave), (6_000, What::Return)]);
    assert!(!sitting.is_away());
    assert_eq!(sitting.absences(99_000), (1, 5_000));
    take(&mut sitting, [(7_000, What::Return), (9_000, What::Leave)]);
    take(&mut sitting, [(9_500, What::HandIn)]);
    assert_eq!(sitting.absences(99_000), (2, 5_500));
    assert_eq!(refuse(&mut sitting, 99_000, What::Return), Refused::Ended);
}

#[test]
fn nobody_is_away_while_the_clock_stands() {
    let mut sitting = sitting(terms());
    take(
        &mut sitting,
        [
            (1_000, What::Pause),
            (2_000, What::Leave),
            (8_000, What::Return),
            (9_000, What::Resume),
            (10_000, What::Leave),
            (11_000, What::Pause),
            (21_000, What::Resume),
            (22_000, What::Return),
        ],
    );
    assert_eq!(sitting.absences(30_000), (1, 2_000));
}

#[test]
fn absences_end_with_the_time() {
    let mut sitting = sitting(terms());
    take(
        &mut sitting,
        [
            (9 * MINUTE, What::Leave),
            (20 * MINUTE, What::Return),
            (21 * MINUTE, What::Leave),
        ],
    );
    assert_eq!(sitting.absences(30 * MINUTE), (1, MINUTE));
    take(&mut sitting, [(40 * MINUTE, What::TimeOut)]);
    assert_eq!(sitting.absences(50 * MINUTE), (1, MINUTE));
    let mut away = self::sitting(terms());
    take(
        &mut away,
        [(9 * MINUTE, What::Leave), (20 * MINUTE, What::TimeOut)],
    );
    assert_eq!(away.absences(50 * MINUTE), (1, MINUTE));
}

#[test]
fn notes_change_nothing_and_are_taken_until_the_end() {
    let mut sitting = sitting(terms());
    let clock = |by| What::Clock { by };
    take(&mut sitting, [(1, answer("a", "b")), (MINUTE, What::Pause)]);
    let before = sitting.clone();
    for what in [clock(i64::MAX), clock(i64::MIN), What::TakeOver] {
        take(&mut sitting, [(MINUTE, what)]);
    }
    assert_eq!(sitting, before);
    take(
        &mut sitting,
        [
            (2 * MINUTE, What::Resume),
            (99 * MINUTE, clock(-1)),
            (99 * MINUTE, What::TakeOver),
            (99 * MINUTE, What::TimeOut),
        ],
    );
    for what in [clock(1), What::TakeOver] {
        assert_eq!(refuse(&mut sitting, 99 * MINUTE, what), Refused::Ended);
    }
}
