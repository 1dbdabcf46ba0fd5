import { LightbulbFilled, LightbulbRegular } from '@fluentui/react-icons/svg/lightbulb';
import { useSurroundings } from '../../../surroundings.tsx';
import { useListeningWords } from '../listening-words.ts';
import { useDesk } from '../phone/use-desk.ts';

/** The light on the desk phone, which shows what lies unheard in the box; with the phone system away nobody knows. */
export function Lamp({ unheard }: { unheard: number | undefined }) {
  const { words } = useSurroundings();
  const { listening } = useListeningWords();
  const { phones } = useDesk().state;
  const isAway = phones?.some((phone) => phone.isAway) === true;
  const isOn = unheard !== undefined && unheard > 0;
  const text = isAway || unheard === undefined ? listening.lightUnknown : isOn ? listening.lightOn : listening.lightOff;
  const why = isAway ? listening.phoneAway : isOn ? words.unheard(unheard) : '';
  return (
    <div className="footer lamp">
      {isOn && !isAway ? <LightbulbFilled aria-hidden="true" /> : <LightbulbRegular aria-hidden="true" />}
      <span>
        {listening.light} <b>{text}</b>
        {why === '' ? null : ` (${why})`}
      </span>
    </div>
  );
}
