import { PersonQuestionMarkRegular } from '@fluentui/react-icons/svg/person-question-mark';
import { PersonRegular } from '@fluentui/react-icons/svg/person';
import { initials } from '../../frame/me.tsx';

/** A caller's picture: their letters, or that nobody knows who it is. */
export function Portrait({ name, number, big = false }: { name: string; number: string; big?: boolean }) {
  const isNumber = name === '' || name === number;
  return (
    <span className={big ? 'picture big' : 'picture'} aria-hidden="true">
      {isNumber ? number === '' ? <PersonQuestionMarkRegular /> : <PersonRegular /> : initials(name)}
    </span>
  );
}
