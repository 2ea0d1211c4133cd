//! A built site with one bank mounted in it, as answers to requests.

use std::fs;
use std::path::{Path, PathBuf};

use tierwise_engine::bank;

/// Where the bank is mounted in the site.
pub(crate) const MOUNT: &str = "questions/try/";

/// The service worker of the site, which would keep answering for it here after this has ended. In its place stands one that takes it away.
const WORKER: &str = "sw.js";
const NO_WORKER: &str = include_str!("../../../worker/leave.js");

/// What is served as which type; anything else is a file of bytes.
const TYPES: &[(&str, &str)] = &[
    ("css", "text/css; charset=utf-8"),
    ("gif", "image/gif"),
    ("html", "text/html; charset=utf-8"),
    ("ico", "image/x-icon"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json; charset=utf-8"),
    ("md", "text/markdown; charset=utf-8"),
    ("png", "image/png"),
    ("svg", "image/svg+xml; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("webmanifest", "application/manifest+json; charset=utf-8"),
    ("webp", "image/webp"),
];

/// A built site and a bank.
#[derive(Debug)]
pub(crate) struct Site {
    /// The folder of the site, without links.
    site: PathBuf,
    /// The bank, as it was named: an editor may put another file in its place.
    file: PathBuf,
}

/// What is answered to a request.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// A file, and the tag of its version.
    File {
        kind: &'static str,
        bytes: Vec<u8>,
        tag: String,
    },
    /// The client has this version.
    NotModified { tag: String },
    /// There is no such file here.
    NotFound,
    /// Only GET and HEAD are answered.
    NotAllowed,
}

impl Site {
    /// Of the folder of a built site and the path of a bank.
    pub(crate) fn new(site: PathBuf, file: PathBuf) -> Self {
        Self { site, file }
    }

    /// Answers a request for `target`, such as `/index.html?x`. `known` is its `If-None-Match`.
    pub(crate) fn answer(&self, method: &str, target: &str, known: Option<&str>) -> Answer {
        if method != "GET" && method != "HEAD" {
            return Answer::NotAllowed;
        }
        let found = path(target).and_then(|path| {
            if path == WORKER {
                return Some((kind(Path::new(WORKER)), NO_WORKER.as_bytes().to_vec()));
            }
            let file = self.find(&path)?;
            Some((kind(&file), fs::read(&file).ok()?))
        });
        let Some((kind, bytes)) = found else {
            return Answer::NotFound;
        };
        let tag = format!("\"{}\"", bank::digest(&bytes));
        let same = |one: &str| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag;
        if known.is_some_and(|known| known.split(',').map(str::trim).any(same)) {
            return Answer::NotModified { tag };
        }
        Answer::File { kind, bytes, tag }
    }

    /// The file that a path in the site names.
    fn find(&self, path: &str) -> Option<PathBuf> {
        let Some(mounted) = path.strip_prefix(MOUNT) else {
            let path = if path.is_empty() { "index.html" } else { path };
            return inside(&self.site, path);
        };
        if self.file.file_name().is_some_and(|name| name == mounted) {
            return Some(self.file.clone());
        }
        // Of what else is in the folder, the pictures that the bank may show.
        let folder = self.file.parent()?;
        inside(folder, mounted).filter(|file| kind(file).starts_with("image/"))
    }
}

/// The file that `path` leads to from `folder`, and not out of it, by links neither.
fn inside(folder: &Path, path: &str) -> Option<PathBuf> {
    let sound = |name: &str| !name.is_empty() && !name.starts_with('.');
    let odd = |c: char| c.is_control() || matches!(c, '\\' | ':');
    if path.contains(odd) || !path.split('/').all(sound) {
        return None;
    }
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let folder = fs::canonicalize(folder).ok()?;
    let file = fs::canonicalize(folder.join(path)).ok()?;
    (file.starts_with(&folder) && file.is_file()).then_some(file)
}

fn kind(file: &Path) -> &'static str {
    let extension = file.extension().unwrap_or_default().to_string_lossy();
    let extension = extension.to_ascii_lowercase();
    let known = TYPES.iter().find(|(known, _)| *known == extension);
    known.map_or("application/octet-stream", |(_, kind)| kind)
}

/// The path in the site that a request names, with what is written as `%20` decoded.
fn path(target: &str) -> Option<String> {
    let path = target.strip_prefix('/')?;
    let path = path.split(['?', '#']).next()?;
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, behind)) = rest.split_first() {
        rest = behind;
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let (digits, behind) = behind.split_at_checked(2)?;
        let digit = |byte: u8| char::from(byte).to_digit(16);
        let value = digit(digits[0])? * 16 + digit(digits[1])?;
        bytes.push(u8::try_from(value).ok()?);
        rest = behind;
    }
    String::from_utf8(bytes).ok()
}

/// `name` as it is written in an address.
pub(crate) fn encoded(name: &str) -> String {
    let mut text = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text += &format!("%{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_into_addresses_and_come_back() {
        for name in ["hl7.md", "två frågor?#.md", "100%.md"] {
            assert_eq!(path(&format!("/{}", encoded(name))).as_deref(), Some(name));
        }
        assert_eq!(path("/a?b").as_deref(), Some("a"));
        for broken in ["", "a", "/%", "/%4", "/%zz", "/%ff", "/%é"] {
            assert_eq!(path(broken), None, "{broken}");
        }
    }

    #[test]
    fn nothing_leads_out_of_a_folder() -> std::io::Result<()> {
        let all = tempfile::tempdir()?;
        let folder = all.path().join("site");
        fs::create_dir_all(folder.join("below"))?;
        for name in ["secret", "site/a", "site/below/b", "site/.hidden"] {
            fs::write(all.path().join(name), name)?;
        }
        assert!(inside(&folder, "a").is_some() && inside(&folder, "below/b").is_some());
        let mut ways = vec![
            "../secret",
            "below/../../secret",
            "below/../a",
            ".hidden",
            "/a",
            "below",
            "below/",
            "below\\b",
            "",
        ];
        let absolute = all.path().join("secret");
        ways.extend(absolute.to_str());
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&absolute, folder.join("link"))?;
            ways.push("link");
        }
        for way in ways {
            assert_eq!(inside(&folder, way), None, "{way}");
        }
        Ok(())
    }
}
