// What each kind of control is called in the accessibility tree, and which parts speak: by scene, an element and what it holds.

export const SPOKEN = {
  catalogue: ['body', `
    - link "Skip to main content"
    - banner:
      - link "Tierwise"
      - navigation "Main":
        - list:
          - listitem:
            - link "Courses"
          - listitem
          - listitem
    - main:
      - heading "Know what moves the images" [level=1]
  `],
  single: ['body', `
    - banner:
      - paragraph: /Level 2/
      - paragraph: /^Saved \\d\\d:\\d\\d$/
      - timer: /^\\d+:\\d\\d left$/
      - status
    - main:
      - heading /^Question 1 of \\d+$/ [level=1]
      - button "Flag for review"
      - group "Choose one answer":
        - radio [checked]
        - radio
      - button "Next"
    - contentinfo
  `],
  navigator: ['main', `
    - group:
      - navigation "Questions":
        - list:
          - listitem:
            - link /^Question 1 ?, answered$/
        - paragraph:
          - link "Check your answers"
  `],
  multiple: ['form', `
    - group /^Choose (all that apply|\\d)$/:
      - checkbox
      - checkbox
  `],
  numeric: ['form', `
    - textbox "Your answer"
  `],
  'type-order': ['form', `
    - group "Put these in order, first at the top":
      - list:
        - listitem:
          - button /^Move up The / [disabled]
          - button /^Move down The /
  `],
  'type-match': ['form', `
    - group "Choose one for each row":
      - combobox "A patient is admitted"
      - combobox "Two records of one patient are merged"
      - combobox "A report is sent to who ordered it"
  `],
  'type-extended': ['form', `
    - group /^Choose one for each row\\. An option may be chosen more than once/:
      - list
      - combobox "Two hospitals number the same patient differently"
      - combobox "Logs of two systems cannot be put in sequence"
  `],
  'type-cloze': ['form', `
    - group "Fill the gaps":
      - paragraph:
        - combobox "Gap 1 of 3"
        - textbox "Gap 2 of 3"
        - textbox "Gap 3 of 3"
  `],
  'type-locate': ['form', `
    - group "Point at one place in the message":
      - tree "Message":
        - treeitem "MSH"
        - treeitem "PID"
        - treeitem "PV1"
        - treeitem "ORC" [selected]
        - treeitem "OBR"
      - status: /^You point at ORC/
      - button "Wider" [disabled]
      - button "Narrower"
      - button "Clear"
  `],
  'type-hotspot': ['form', `
    - img /^Sketch of an ultrasound frame/
    - group "Choose one answer":
      - radio "Banner along the top"
      - radio "Fan-shaped image" [checked]
      - radio "Grey scale"
  `],
  'type-essay': ['form', `
    - textbox "Your answer"
    - paragraph: /^\\d+ words$/
    - status
  `],
  'practice-partly': ['form', `
    - heading [level=2]
    - heading "The options, one by one" [level=2]
    - list
  `],
  'conditions-question': ['body', `
    - banner:
      - timer
      - button "Pause"
      - status
    - main:
      - group "How sure are you?":
        - radio "1 not very"
        - radio "2 fairly"
        - radio "3 very"
  `],
  check: ['main', `
    - heading "Check your answers" [level=1]
    - heading /^\\d+ questions are not answered$/ [level=2]
    - term: Question 1
    - definition
    - definition:
      - link "Change question 1"
    - button "Hand in"
  `],
  result: ['main', `
    - heading /Your result$/ [level=1]
    - region "Score"
  `],
  'review-lost': ['main', `
    - heading /Review$/ [level=1]
    - navigation "Which questions":
      - link /^All/
      - link /^Lost marks/
      - link /^Flagged/
    - article /^Question \\d+ /
  `],
};
