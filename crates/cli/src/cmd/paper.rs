//! `tierwise paper`: a paper as markdown, to be proved by hand.

mod pointing;

use std::io::{self, Write};

use tierwise_engine::bank::{Bank, Question, Severity, Span, place};
use tierwise_engine::course::Course;
use tierwise_engine::paper::{self, GENERATOR, Item};
use tierwise_engine::question::{Choice, Form, Keyboard, Most, option_index};

use crate::args::Paper;
use crate::files::{self, Folder, shown};
use crate::inspect::Findings;
use crate::render::counted;
use crate::terminal::{self, Stop, Verdict};

pub(super) fn run(args: &Paper) -> Result<Verdict, Stop> {
    let mut folders = files::read(std::slice::from_ref(&args.questions))?;
    let known: Vec<&str> = folders
        .iter()
        .filter_map(|folder| Some(folder.course.as_ref()?.id()))
        .collect();
    let names = |folder: &Folder| {
        folder
            .course
            .as_ref()
            .is_some_and(|course| course.id() == args.course)
    };
    let Some(at) = folders.iter().position(names) else {
        return Err(Stop::because(format_args!(
            "there is no course `{}` in {}; there are: {}",
            args.course,
            shown(&args.questions),
            known.join(", ")
        )));
    };
    let folder = folders.swap_remove(at);
    let Some(course) = &folder.course else {
        return Ok(Verdict::Faults);
    };
    let errors = Findings::of(std::slice::from_ref(&folder)).count(Severity::Error);
    if errors > 0 {
        return fault(&format!(
            "no paper can be drawn: {} in {}; run tierwise check {}",
            counted(errors, "error"),
            course.title(),
            shown(&folder.path)
        ));
    }
    match paper::exam(course, &folder.banks, args.seed) {
        Err(shortfall) => fault(&format!("no paper can be drawn: {shortfall}")),
        Ok(paper) => {
            let mut out = terminal::output();
            let mut printer = Printer {
                out: &mut out,
                keys: args.keys,
            };
            printer.paper(course, &folder.banks, &paper)?;
            out.flush()?;
            Ok(Verdict::Fine)
        }
    }
}

fn fault(message: &str) -> Result<Verdict, Stop> {
    let mut out = terminal::errors();
    writeln!(out, "tierwise: {message}")?;
    out.flush()?;
    Ok(Verdict::Faults)
}

struct Printer<'a> {
    out: &'a mut dyn Write,
    keys: bool,
}

impl Printer<'_> {
    fn paper(&mut self, course: &Course, banks: &[Bank], paper: &paper::Paper) -> io::Result<()> {
        let questions: Vec<(&Item, Question<'_>)> = paper
            .items
            .iter()
            .filter_map(|item| Some((item, item.find(banks)?)))
            .collect();
        let marks: u32 = questions.iter().map(|(_, question)| question.marks()).sum();
        writeln!(self.out, "# {}\n", course.title())?;
        writeln!(
            self.out,
            "{}, {} · {} · pass mark {} %\n",
            counted(questions.len(), "question"),
            counted(marks as usize, "mark"),
            counted(course.minutes() as usize, "minute"),
            course.pass_percent()
        )?;
        writeln!(self.out, "Seed {} of {GENERATOR}\n", paper.seed)?;
        let mut case = None;
        for (number, (item, question)) in (1..).zip(questions) {
            let this = question
                .case()
                .map(|case| (question.bank().path(), case.index()));
            if let Some(shown) = question.case().filter(|_| this != case) {
                match self.keys {
                    true => writeln!(self.out, "## Case: {}\n", shown.title())?,
                    false => writeln!(self.out, "## Case\n")?,
                }
                writeln!(self.out, "{}\n", plain(shown.vignette()))?;
            }
            case = this;
            self.question(number, item, question)?;
        }
        Ok(())
    }

    fn question(&mut self, number: usize, item: &Item, question: Question<'_>) -> io::Result<()> {
        writeln!(self.out, "## Question {number}\n")?;
        let marks = counted(question.marks() as usize, "mark");
        if self.keys {
            let (id, kind) = (question.id(), question.type_name());
            let rule = if question.rule().is_empty() {
                String::new()
            } else {
                format!(", {}", question.rule())
            };
            writeln!(
                self.out,
                "*{marks} · {id} · {} · {kind}{rule}*\n",
                question.title()
            )?;
        } else {
            writeln!(self.out, "*{marks}*\n")?;
        }
        writeln!(self.out, "{}\n", plain(question.stem()))?;
        match question.form() {
            Form::Choices { options, most } => self.choices(item, question, options, most)?,
            Form::Field {
                unit,
                accepted,
                keyboard,
            } => {
                let line = format!("Answer: {} {}", "\\_".repeat(8), question.piece(unit));
                writeln!(self.out, "{}\n", line.trim_end())?;
                if self.keys {
                    let accepted: Vec<String> = accepted
                        .iter()
                        .map(|&span| match keyboard {
                            // With its tolerance, in code spans of its own.
                            Keyboard::Number => question.piece(span).to_owned(),
                            Keyboard::Text => format!("`{}`", question.piece(span)),
                        })
                        .collect();
                    writeln!(self.out, "**Key:** {}\n", accepted.join("; "))?;
                }
            }
            Form::Locate(message) => self.message(question, message)?,
            Form::Hotspot { picture, regions } => self.picture(question, picture, regions)?,
            Form::Essay { rubric, model } => self.essay(question, rubric, model)?,
            _ => {}
        }
        if self.keys {
            if let Some(explanation) = question.explanation() {
                writeln!(self.out, "{}\n", plain(&moved(question, explanation)))?;
            }
            let sources: Vec<String> = question
                .sources()
                .map(|span| format!("- {}", moved(question, span).replace('\n', "\n  ")))
                .collect();
            if !sources.is_empty() {
                writeln!(self.out, "Sources:\n\n{}\n", sources.join("\n"))?;
            }
        }
        Ok(())
    }

    fn choices(
        &mut self,
        item: &Item,
        question: Question<'_>,
        options: &[Choice],
        most: Most,
    ) -> io::Result<()> {
        match most {
            Most::One => writeln!(self.out, "Choose one.\n")?,
            Most::Any => writeln!(self.out, "Choose all that apply.\n")?,
            Most::AnyOrNone => writeln!(self.out, "Choose all that apply, or none.\n")?,
            Most::AtMost(most) => writeln!(self.out, "Choose no more than {most}.\n")?,
        }
        let mut shown: Vec<&Choice> = item
            .order
            .chars()
            .filter_map(|letter| options.get(option_index(letter.encode_utf8(&mut [0; 4]))?))
            .collect();
        if shown.is_empty() {
            shown = options.iter().collect();
        }
        let mut keys = Vec::new();
        for (letter, option) in ('A'..='Z').zip(shown) {
            let text = plain(&moved(question, option.text)).replace('\n', "\n  ");
            writeln!(self.out, "- **{letter}** {text}")?;
            if option.key {
                keys.push(letter.to_string());
            }
            if let Some(rationale) = option.rationale.filter(|_| self.keys) {
                let text = plain(&moved(question, rationale)).replace('\n', "\n  ");
                writeln!(self.out, "  {text}")?;
            }
        }
        writeln!(self.out)?;
        if self.keys {
            let none = "none of them".to_owned();
            let keys = if keys.is_empty() {
                none
            } else {
                keys.join(", ")
            };
            writeln!(self.out, "**Key:** {keys}\n")?;
        }
        Ok(())
    }
}

/// A piece of a bank with its lines moved left as far as it is indented there.
fn moved(question: Question<'_>, span: Span) -> String {
    let indent = place(question.bank().source(), span.start).column as usize - 1;
    let mut lines = question.piece(span).lines();
    let mut text = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        let spare = line.len() - line.trim_start_matches([' ', '\t']).len();
        text.push('\n');
        text.push_str(&line[spare.min(indent)..]);
    }
    text
}

/// Markdown without its footnote references, which lead nowhere on a paper. Code stays as it is.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut fence = "";
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start_matches([' ', '>']);
        let mark = ["```", "~~~"]
            .into_iter()
            .find(|mark| bare.starts_with(mark));
        match mark {
            Some(mark) if fence.is_empty() => fence = mark,
            Some(mark) if fence == mark => fence = "",
            None if fence.is_empty() => {
                without_references(line, &mut out);
                continue;
            }
            _ => {}
        }
        out.push_str(line);
    }
    out
}

fn without_references(line: &str, out: &mut String) {
    let mut rest = line;
    while let Some(at) = rest.find(['`', '[']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = if rest.starts_with('`') {
            let ticks = rest.len() - rest.trim_start_matches('`').len();
            let (run, behind) = rest.split_at(ticks);
            let length = behind.find(run).map_or(ticks, |end| end + 2 * ticks);
            out.push_str(&rest[..length]);
            length
        } else if let Some(length) = reference(rest) {
            length
        } else {
            out.push('[');
            1
        };
        rest = &rest[length..];
    }
    out.push_str(rest);
}

/// How long the footnote reference is that `text` begins with.
fn reference(text: &str) -> Option<usize> {
    let label = text.strip_prefix("[^")?;
    let end = label.find(']')?;
    let is_label =
        end > 0 && !label[..end].contains(|c: char| c.is_whitespace() || c == '[' || c == '`');
    (is_label && !label[end + 1..].starts_with('(')).then_some(end + 3)
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn footnote_references_go_and_code_stays() {
        for (text, expected) in [
            ("It is so.[^ps3-4][^b] And?", "It is so. And?"),
            ("`[^a]` and ``x`[^b]`` but[^c]", "`[^a]` and ``x`[^b]`` but"),
            (
                "> Said[^a]\n> ```hl7\n> MSH|[^x]\n> ```\n> Then[^b]",
                "> Said\n> ```hl7\n> MSH|[^x]\n> ```\n> Then",
            ),
            ("[a](b) [^not one] `open [^a]", "[a](b) [^not one] `open "),
        ] {
            assert_eq!(plain(text), expected);
        }
    }
}
