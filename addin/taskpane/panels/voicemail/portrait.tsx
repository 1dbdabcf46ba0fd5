import { PersonQuestionMarkRegular } from '@fluentui/react-icons/svg/person-question-mark';
import { PersonRegular } from '@fluentui/react-icons/svg/person';
import { initials } from '../../frame/initials.ts';
import { usePhoto } from '../../parts/use-photo.ts';

/** A caller's picture: a colleague's photo (`person`, our id) where there is one, else their letters, or that nobody knows who it is. */
export function Portrait({ name, number, big = false, person }: { name: string; number: string; big?: boolean; person?: string | undefined }) {
  const photo = usePhoto(person);
  const isNumber = name === '' || name === number;
  return (
    <span className={big ? 'picture big' : 'picture'} aria-hidden="true">
      {photo !== null ? <img src={photo} alt="" /> : isNumber ? number === '' ? <PersonQuestionMarkRegular /> : <PersonRegular /> : initials(name)}
    </span>
  );
}
