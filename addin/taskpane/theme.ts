import type { CSSProperties } from 'react';
import type { PartialTheme } from '@fluentui/react-components';

/**
 * Fluent's web themes, light and dark, with the tokens that the pane uses and no others: the whole of both is 11 KB
 * compressed, a tenth of what may arrive before the first words. A test compares every value with Fluent's own, and
 * looks for tokens that are used but missing here.
 */
const shared = {
  colorBrandBackgroundPressed: '#0c3b5e',
  colorNeutralForegroundOnBrand: '#ffffff',
  fontFamilyBase: '\'Segoe UI\', \'Segoe UI Web (West European)\', -apple-system, BlinkMacSystemFont, Roboto, \'Helvetica Neue\', sans-serif',
};

export const lightTheme: PartialTheme = {
  ...shared,
  colorBrandBackground: '#0f6cbd',
  colorBrandBackground2: '#ebf3fc',
  colorBrandBackgroundHover: '#115ea3',
  colorBrandForeground1: '#0f6cbd',
  colorBrandForeground2: '#115ea3',
  colorBrandForegroundLink: '#115ea3',
  colorBrandStroke2: '#b4d6fa',
  colorCompoundBrandBackground: '#0f6cbd',
  colorCompoundBrandForeground1: '#0f6cbd',
  colorCompoundBrandStroke: '#0f6cbd',
  colorNeutralBackground1: '#ffffff',
  colorNeutralBackground1Hover: '#f5f5f5',
  colorNeutralBackground1Pressed: '#e0e0e0',
  colorNeutralBackground2: '#fafafa',
  colorNeutralBackgroundDisabled: '#f0f0f0',
  colorNeutralForeground1: '#242424',
  colorNeutralForeground1Hover: '#242424',
  colorNeutralForeground1Pressed: '#242424',
  colorNeutralForeground2: '#424242',
  colorNeutralForeground2BrandHover: '#0f6cbd',
  colorNeutralForeground2BrandPressed: '#115ea3',
  colorNeutralForeground2Hover: '#242424',
  colorNeutralForeground2Pressed: '#242424',
  colorNeutralForeground3: '#616161',
  colorNeutralForegroundDisabled: '#bdbdbd',
  colorNeutralForegroundInverted: '#ffffff',
  colorNeutralStencil1: '#e6e6e6',
  colorNeutralStroke1: '#d1d1d1',
  colorNeutralStroke1Hover: '#c7c7c7',
  colorNeutralStroke1Pressed: '#b3b3b3',
  colorNeutralStroke2: '#e0e0e0',
  colorNeutralStrokeAccessible: '#616161',
  colorNeutralStrokeDisabled: '#e0e0e0',
  colorPaletteRedForeground1: '#bc2f32',
  colorStatusDangerBackground1: '#fdf3f4',
  colorStatusDangerBorder1: '#eeacb2',
  colorStatusDangerForeground1: '#b10e1c',
  colorStatusSuccessBackground1: '#f1faf1',
  colorStatusSuccessBorder1: '#9fd89f',
  colorStatusSuccessForeground1: '#0e700e',
  colorStatusWarningBackground1: '#fff9f5',
  colorStatusWarningBorder1: '#fdcfb4',
  colorStatusWarningForeground3: '#bc4b09',
  colorStrokeFocus2: '#000000',
  colorSubtleBackgroundHover: '#f5f5f5',
  colorSubtleBackgroundPressed: '#e0e0e0',
  shadow2: '0 0 2px rgba(0,0,0,0.12), 0 1px 2px rgba(0,0,0,0.14)',
};

export const darkTheme: PartialTheme = {
  ...shared,
  colorBrandBackground: '#115ea3',
  colorBrandBackground2: '#082338',
  colorBrandBackgroundHover: '#0f6cbd',
  colorBrandForeground1: '#479ef5',
  colorBrandForeground2: '#62abf5',
  colorBrandForegroundLink: '#479ef5',
  colorBrandStroke2: '#0e4775',
  colorCompoundBrandBackground: '#479ef5',
  colorCompoundBrandForeground1: '#479ef5',
  colorCompoundBrandStroke: '#479ef5',
  colorNeutralBackground1: '#292929',
  colorNeutralBackground1Hover: '#3d3d3d',
  colorNeutralBackground1Pressed: '#1f1f1f',
  colorNeutralBackground2: '#1f1f1f',
  colorNeutralBackgroundDisabled: '#141414',
  colorNeutralForeground1: '#ffffff',
  colorNeutralForeground1Hover: '#ffffff',
  colorNeutralForeground1Pressed: '#ffffff',
  colorNeutralForeground2: '#d6d6d6',
  colorNeutralForeground2BrandHover: '#479ef5',
  colorNeutralForeground2BrandPressed: '#2886de',
  colorNeutralForeground2Hover: '#ffffff',
  colorNeutralForeground2Pressed: '#ffffff',
  colorNeutralForeground3: '#adadad',
  colorNeutralForegroundDisabled: '#5c5c5c',
  colorNeutralForegroundInverted: '#242424',
  colorNeutralStencil1: '#575757',
  colorNeutralStroke1: '#666666',
  colorNeutralStroke1Hover: '#757575',
  colorNeutralStroke1Pressed: '#6b6b6b',
  colorNeutralStroke2: '#525252',
  colorNeutralStrokeAccessible: '#adadad',
  colorNeutralStrokeDisabled: '#424242',
  colorPaletteRedForeground1: '#e37d80',
  colorStatusDangerBackground1: '#3b0509',
  colorStatusDangerBorder1: '#c50f1f',
  colorStatusDangerForeground1: '#dc626d',
  colorStatusSuccessBackground1: '#052505',
  colorStatusSuccessBorder1: '#107c10',
  colorStatusSuccessForeground1: '#54b054',
  colorStatusWarningBackground1: '#4a1e04',
  colorStatusWarningBorder1: '#f7630c',
  colorStatusWarningForeground3: '#f98845',
  colorStrokeFocus2: '#ffffff',
  colorSubtleBackgroundHover: '#383838',
  colorSubtleBackgroundPressed: '#2e2e2e',
  shadow2: '0 0 2px rgba(0,0,0,0.24), 0 1px 2px rgba(0,0,0,0.28)',
};

/** A theme as an element carries it: each token is a property that the styles read, and the browser draws its own parts to match. */
function carried(theme: PartialTheme, scheme: 'light' | 'dark'): CSSProperties {
  return Object.fromEntries([['colorScheme', scheme], ...Object.entries(theme).map(([token, value]) => [`--${token}`, value])]);
}

export const lightStyle = carried(lightTheme, 'light');
export const darkStyle = carried(darkTheme, 'dark');
