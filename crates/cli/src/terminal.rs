//! Standard output and error, and how a command ends.

use std::fmt;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};

use crate::args::Color;

/// Whether a command found everything in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It did.
    Fine,
    /// It found faults and has said which.
    Faults,
}

/// Why a command could not do what it was asked to.
#[derive(Debug)]
pub(crate) enum Stop {
    /// What stood in the way and what to do about it, a line each.
    Because(Vec<String>),
    /// The output could not be written.
    Output(io::Error),
}

impl Stop {
    /// For one reason.
    pub(crate) fn because(reason: impl fmt::Display) -> Self {
        Self::Because(vec![reason.to_string()])
    }
}

/// What is written to a stream fails with the stream. Other errors say what they were about first.
impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// A stream of text.
pub(crate) struct Stream {
    writer: Box<dyn Write>,
    /// Whether it goes to a terminal that shows colours, and nobody asked for none (`NO_COLOR`).
    pub(crate) coloured: bool,
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Settles for all streams whether they are coloured.
pub(crate) fn colour(when: Color) {
    match when {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    }
    .write_global();
}

/// Standard output.
pub(crate) fn output() -> Stream {
    let raw = io::stdout();
    Stream {
        coloured: AutoStream::choice(&raw) != ColorChoice::Never,
        writer: Box::new(BufWriter::new(AutoStream::auto(raw.lock()))),
    }
}

/// Standard error.
pub(crate) fn errors() -> Stream {
    let raw = io::stderr();
    Stream {
        coloured: AutoStream::choice(&raw) != ColorChoice::Never,
        writer: Box::new(BufWriter::new(AutoStream::auto(raw.lock()))),
    }
}

/// What the process ends with: 0, 1 for faults, 2 when the command could not run. Says why in the last case.
pub(crate) fn exit_code(ended: Result<Verdict, Stop>) -> ExitCode {
    match ended {
        Ok(Verdict::Fine) => ExitCode::SUCCESS,
        Ok(Verdict::Faults) => ExitCode::from(1),
        Err(Stop::Because(reasons)) => {
            let mut errors = errors();
            for reason in reasons {
                // Where even this cannot be said, the exit code still does.
                let _ = writeln!(errors, "tierwise: {}", harmless(&reason));
            }
            let _ = errors.flush();
            ExitCode::from(2)
        }
        // Whoever read the output has seen enough, as `head` does.
        Err(Stop::Output(error)) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Stop::Output(error)) => {
            let _ = writeln!(errors(), "tierwise: the output cannot be written: {error}");
            ExitCode::from(2)
        }
    }
}

/// `text` as it may go to a terminal: what would steer it, in a name or a record of unknown origin, is shown instead.
pub(crate) fn harmless(text: &str) -> String {
    let shown = |c: char| {
        if c.is_control() {
            char::REPLACEMENT_CHARACTER
        } else {
            c
        }
    };
    text.chars().map(shown).collect()
}
