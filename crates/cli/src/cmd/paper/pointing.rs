//! How the types that point or write are printed.

use std::io;

use tierwise_engine::bank::{Question, Span};
use tierwise_engine::question::{Criterion, Message, Region};

use super::{Printer, moved, plain};

impl Printer<'_> {
    pub(super) fn message(&mut self, question: Question<'_>, message: &Message) -> io::Result<()> {
        let lines: Vec<String> = message
            .lines
            .iter()
            .map(|line| question.line(line))
            .collect();
        // Longer than any fence that stands in the message.
        let longest = lines
            .iter()
            .map(|line| line.len() - line.trim_start().trim_start_matches('`').len())
            .max();
        let fence = "`".repeat(longest.unwrap_or_default().max(2) + 1);
        writeln!(self.out, "Point at one part of it.\n")?;
        writeln!(self.out, "{fence}{}", message.language())?;
        for line in &lines {
            writeln!(self.out, "{line}")?;
        }
        writeln!(self.out, "{fence}\n")?;
        if self.keys {
            let keys: Vec<String> = message
                .key_positions()
                .map(|position| format!("`{position}`"))
                .collect();
            writeln!(self.out, "**Key:** {}\n", keys.join(" or "))?;
        }
        Ok(())
    }

    pub(super) fn picture(
        &mut self,
        question: Question<'_>,
        picture: Span,
        regions: &[Region],
    ) -> io::Result<()> {
        writeln!(self.out, "{}\n", question.piece(picture))?;
        writeln!(self.out, "Choose one region.\n")?;
        let mut keys = Vec::new();
        for (letter, region) in ('A'..='Z').zip(regions) {
            let name = plain(question.piece(region.name));
            writeln!(self.out, "- **{letter}** {name}")?;
            if region.key {
                keys.push(letter.to_string());
            }
            if let Some(why) = region.rationale.filter(|_| self.keys) {
                writeln!(self.out, "  > {}", plain(question.piece(why)))?;
            }
        }
        writeln!(self.out)?;
        if self.keys {
            writeln!(self.out, "**Key:** {}\n", keys.join(" or "))?;
        }
        Ok(())
    }

    pub(super) fn essay(
        &mut self,
        question: Question<'_>,
        rubric: &[Criterion],
        model: Option<Span>,
    ) -> io::Result<()> {
        writeln!(self.out, "Write your answer on paper of your own.\n")?;
        if !self.keys {
            return Ok(());
        }
        if let Some(model) = model {
            writeln!(self.out, "{}\n", plain(&moved(question, model)))?;
        }
        writeln!(self.out, "| Criterion | Marks | Evidence |")?;
        writeln!(self.out, "| --- | --- | --- |")?;
        for criterion in rubric {
            writeln!(
                self.out,
                "| {} | {} | {} |",
                plain(question.piece(criterion.name)),
                criterion.marks,
                plain(question.piece(criterion.evidence))
            )?;
        }
        writeln!(self.out)
    }
}
