import { Button } from '@fluentui/react-components';
import { useRef } from 'react';
import type { RuleFormWords } from '../../../../words/admin-rule-form.ts';
import { replaced, without } from '../lists.ts';
import { QuestionRow } from './question.tsx';
import { begun } from './rule-form.ts';
import type { Question } from './rule-form.ts';

interface Given {
  words: RuleFormWords;
  /** Of the first, second, … */
  label: (count: number) => string;
  add: string;
  questions: readonly Question[];
  isDisabled: boolean;
  change: (questions: readonly Question[]) => void;
}

/** A list of questions that grows and shrinks. */
export function Questions({ words, label, add, questions, isDisabled, change }: Given) {
  const adds = useRef<HTMLButtonElement>(null);
  return (
    <>
      {questions.map((question, index) => (
        <QuestionRow
          // What is typed in a field follows its question, which is known by its place alone.
          key={`${index} ${question.ask}`}
          label={label(index + 1)}
          words={words}
          question={question}
          isDisabled={isDisabled}
          change={(changed) => change(replaced(questions, index, changed))}
          remove={() => {
            change(without(questions, index));
            adds.current?.focus();
          }}
        />
      ))}
      <Button ref={adds} size="small" disabled={isDisabled || questions.length >= 19} onClick={() => change([...questions, begun('subjectHas')])}>
        {add}
      </Button>
    </>
  );
}
