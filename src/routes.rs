//! Addresses: the only place that spells them. They live in the URL fragment, so that one static folder works under any path.

/// A page of the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// `#/`
    Catalogue,
    /// `#/data`: what this browser keeps.
    Data,
    /// `#/about`
    About,
    /// `#/progress`
    Progress,
    /// `#/level-2`
    Course(String),
    /// `#/level-2/sit`, `#/level-2/sit/7`: the open sitting of a course, at the question of that number (from 1).
    Sit(String, Option<usize>),
    /// `#/level-2/check`
    Check(String),
    /// `#/level-2/due`: the questions of a course that are due for review.
    Due(String),
    /// `#/level-2/result/ID`
    Result(String, String),
    /// `#/level-2/transcript/ID`: a result to print.
    Transcript(String, String),
    /// `#/level-2/review/ID`, `…/lost`, `…/flagged`
    Review(String, String, Filter),
    /// `#/try`: a bank from the tutor's own disk; `#/try/questions/level-2/dicom.md`: one of this site.
    Try(Option<String>),
    /// Anything else.
    Unknown,
}

/// Which questions a review shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Filter {
    /// Every question.
    All,
    /// Those that lost marks.
    Lost,
    /// Those that the candidate flagged.
    Flagged,
}

impl Filter {
    fn word(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Lost => "/lost",
            Self::Flagged => "/flagged",
        }
    }
}

impl Route {
    /// Reads the fragment of an address, with or without its `#`. Fragments that are no address of ours, such as that of a skip link, are the
    /// catalogue.
    pub(crate) fn parse(fragment: &str) -> Self {
        let path = fragment.trim_start_matches('#');
        let Some(path) = path.strip_prefix('/') else {
            return Self::Catalogue;
        };
        let parts: Vec<&str> = path.split('/').collect();
        let name = |part: &str| part.to_owned();
        match parts.as_slice() {
            [""] => Self::Catalogue,
            ["data"] => Self::Data,
            ["about"] => Self::About,
            ["progress"] => Self::Progress,
            ["try"] => Self::Try(None),
            ["try", file @ ..] => match file.iter().all(|part| is_file(part)) {
                true => Self::Try(Some(file.join("/"))),
                false => Self::Unknown,
            },
            parts if parts.iter().any(|part| !is_name(part)) => Self::Unknown,
            [course] => Self::Course(name(course)),
            [course, "sit"] => Self::Sit(name(course), None),
            [course, "sit", number] => match number.parse() {
                Ok(number) if number > 0 => Self::Sit(name(course), Some(number)),
                _ => Self::Unknown,
            },
            [course, "check"] => Self::Check(name(course)),
            [course, "due"] => Self::Due(name(course)),
            [course, "transcript", id] => Self::Transcript(name(course), name(id)),
            [course, "result", id] => Self::Result(name(course), name(id)),
            [course, "review", id] => Self::Review(name(course), name(id), Filter::All),
            [course, "review", id, "lost"] => Self::Review(name(course), name(id), Filter::Lost),
            [course, "review", id, "flagged"] => {
                Self::Review(name(course), name(id), Filter::Flagged)
            }
            _ => Self::Unknown,
        }
    }

    /// The address, with its `#`.
    pub(crate) fn href(&self) -> String {
        let mut href = "#/".to_owned();
        let parts: [&str; 4] = match self {
            Self::Catalogue => [""; 4],
            Self::Unknown => ["/", "", "", ""],
            Self::Data => ["data", "", "", ""],
            Self::About => ["about", "", "", ""],
            Self::Progress => ["progress", "", "", ""],
            Self::Try(None) => ["try", "", "", ""],
            Self::Try(Some(path)) => ["try/", path, "", ""],
            Self::Course(course) => [course, "", "", ""],
            Self::Sit(course, _) => [course, "/sit", "", ""],
            Self::Check(course) => [course, "/check", "", ""],
            Self::Due(course) => [course, "/due", "", ""],
            Self::Transcript(course, id) => [course, "/transcript/", id, ""],
            Self::Result(course, id) => [course, "/result/", id, ""],
            Self::Review(course, id, filter) => [course, "/review/", id, filter.word()],
        };
        parts.iter().for_each(|part| href.push_str(part));
        if let Self::Sit(_, Some(number)) = self {
            href.push('/');
            href.push_str(&number.to_string());
        }
        href
    }

    /// The course that it belongs to.
    pub(crate) fn course(&self) -> Option<&str> {
        match self {
            Self::Course(course)
            | Self::Sit(course, _)
            | Self::Check(course)
            | Self::Due(course)
            | Self::Transcript(course, _)
            | Self::Result(course, _)
            | Self::Review(course, ..) => Some(course),
            _ => None,
        }
    }
}

/// Folders and ids have small letters, digits and `-`; nothing else can lead out of the folder of banks.
fn is_name(part: &str) -> bool {
    !part.is_empty()
        && part
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// A part of a path within the site, percent-encoded where need be: no scheme, no way up, no query.
fn is_file(part: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~%()+,!".contains(&byte);
    !part.is_empty() && !part.starts_with('.') && part.bytes().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_is_read_as_it_is_written() {
        let course = || "level-2".to_owned();
        let id = || "m1x9".to_owned();
        for route in [
            Route::Catalogue,
            Route::Data,
            Route::About,
            Route::Try(None),
            Route::Try(Some("questions/level-2/dicom.md".to_owned())),
            Route::Course(course()),
            Route::Sit(course(), None),
            Route::Sit(course(), Some(40)),
            Route::Check(course()),
            Route::Progress,
            Route::Due(course()),
            Route::Transcript(course(), id()),
            Route::Result(course(), id()),
            Route::Review(course(), id(), Filter::All),
            Route::Review(course(), id(), Filter::Lost),
            Route::Review(course(), id(), Filter::Flagged),
        ] {
            assert_eq!(Route::parse(&route.href()), route, "{}", route.href());
        }
    }

    #[test]
    fn what_is_no_address() {
        assert_eq!(Route::parse(""), Route::Catalogue);
        assert_eq!(Route::parse("#main"), Route::Catalogue);
        assert_eq!(Route::parse(&Route::Unknown.href()), Route::Unknown);
        for fragment in [
            "#/level-2/sit/0",
            "#/level-2/sit/x",
            "#/../x",
            "#/a/b",
            "#/a%2fb",
            "#/level-2/result/",
        ] {
            assert_eq!(Route::parse(fragment), Route::Unknown, "{fragment}");
        }
    }
}
