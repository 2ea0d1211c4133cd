//! The rules that keep the way through the code one-way: what each part may know.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All that a package is built from, on any target, tests and benches apart.
fn dependencies(package: &str) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .current_dir(root())
        .args(["tree", "--offline", "--target", "all", "--edges", "normal"])
        .args(["--prefix", "none", "--format", "{p}", "--package", package])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let names = text.lines().filter_map(|line| line.split(' ').next());
    let names: BTreeSet<String> = names.map(str::to_owned).collect();
    assert!(names.contains(package));
    names
}

/// Crates of these names, and with these words before a `-` or `_`.
fn among<'n>(names: &'n BTreeSet<String>, denied: &[&str]) -> Vec<&'n str> {
    let is = |name: &str, word: &str| {
        name.strip_prefix(word)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
    };
    names
        .iter()
        .map(String::as_str)
        .filter(|name| denied.iter().any(|word| is(name, word)))
        .collect()
}

const BROWSER: [&str; 8] = [
    "web-sys",
    "js-sys",
    "wasm-bindgen",
    "gloo",
    "leptos",
    "reactive_graph",
    "tachys",
    "any_spawner",
];
const DEVICE: [&str; 13] = [
    "getrandom",
    "rand",
    "chrono",
    "time",
    "jiff",
    "web-time",
    "instant",
    "tokio",
    "async-std",
    "reqwest",
    "ureq",
    "walkdir",
    "tempfile",
];

#[test]
fn the_engine_knows_no_browser_no_clock_no_chance_and_no_command_line() {
    let mut names = dependencies("tierwise-engine");
    // The generator itself: numbers from a seed, nothing from the device.
    for generator in ["rand_xoshiro", "rand_core"] {
        names.remove(generator);
    }
    assert_eq!(among(&names, &BROWSER), Vec::<&str>::new());
    assert_eq!(among(&names, &DEVICE), Vec::<&str>::new());
    let heavy = ["clap", "regex", "anyhow", "tierwise"];
    assert_eq!(among(&names, &heavy), ["tierwise-engine"]);
}

#[test]
fn app_and_command_stand_on_the_engine_and_not_on_each_other() {
    let app = dependencies("tierwise");
    assert_eq!(among(&app, &["tierwise"]), ["tierwise", "tierwise-engine"]);
    assert_eq!(among(&app, &["clap"]), Vec::<&str>::new());
    let command = dependencies("tierwise-cli");
    assert_eq!(
        among(&command, &["tierwise"]),
        ["tierwise-cli", "tierwise-engine"]
    );
    assert_eq!(among(&command, &BROWSER), Vec::<&str>::new());
}

#[test]
fn a_denied_crate_is_found() {
    // The lists would be worth nothing if they met nothing.
    let app = dependencies("tierwise");
    assert!(among(&app, &BROWSER).contains(&"web-sys"));
    let command = dependencies("tierwise-cli");
    assert!(among(&command, &["clap"]).contains(&"clap_builder"));
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// `path:line: text` of each line of code under `folder`, outside `but`, that names one of `words`; comments are no code.
fn naming(folder: &str, but: Option<&str>, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let files = sources(&root().join(folder));
    assert!(!files.is_empty(), "{folder}");
    for path in files {
        let name = path.strip_prefix(root()).unwrap().display().to_string();
        if but.is_some_and(|but| name.starts_with(but)) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for (number, line) in (1..).zip(text.lines()) {
            let code = line.split("//").next().unwrap_or_default();
            if words.iter().any(|word| code.contains(word)) {
                found.push(format!("{name}:{number}: {}", line.trim()));
            }
        }
    }
    found.sort();
    found
}

const WEB: [&str; 4] = ["web_sys", "js_sys", "wasm_bindgen", "gloo_"];

#[test]
fn only_the_platform_names_web_apis() {
    let none: Vec<String> = Vec::new();
    assert_eq!(naming("src", Some("src/platform/"), &WEB), none);
    assert!(!naming("src/platform", None, &WEB).is_empty());
}

#[test]
fn the_engine_names_no_disk_clock_process_or_network() {
    let words = [
        "std::fs",
        "std::env",
        "std::io",
        "std::net",
        "std::process",
        "std::thread",
        "std::time",
        "SystemTime",
        "Instant",
    ];
    assert_eq!(
        naming("crates/engine/src", None, &words),
        Vec::<String>::new()
    );
}

#[test]
fn what_the_engine_is_built_on_is_its_own_affair() {
    // Markdown is read in the engine alone, and nothing else reaches into what it is built on.
    let words = [
        "pulldown_cmark::",
        "rand_xoshiro::",
        "rand_core::",
        "sha2::",
    ];
    assert_eq!(naming("src", None, &words), Vec::<String>::new());
    assert_eq!(naming("crates/cli/src", None, &words), Vec::<String>::new());
    let parser = naming(
        "crates/engine/src",
        Some("crates/engine/src/bank/markdown.rs"),
        &["Parser::new_ext", "Parser::new(", "Options::ENABLE"],
    );
    assert_eq!(parser, Vec::<String>::new());
}
